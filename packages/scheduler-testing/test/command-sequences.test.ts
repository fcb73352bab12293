import { createMemoryBackend, createScheduler, every, isSchedulerError, type MemorySession } from '@pm/scheduler-core'
import { checkHistory, createHistoryTeller, createManualClock, type HistoryLine } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const MINUTE = 60_000
const SEQUENCES = process.env['SOAK'] === '1' ? 20_000 : 100
const SCHEDULER = 'commanded'
const JOB = 'poll'

const simple = ['start', 'stop', 'pause', 'resume', 'pause-job', 'resume-job', 'run-job', 'open', 'close'] as const
const step = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constantFrom(...simple), ms: fc.constant(0) }), weight: 5 },
  { arbitrary: fc.record({ kind: fc.constant('pause-for'), ms: fc.integer({ min: 5_000, max: MINUTE }) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.integer({ min: 0, max: 100_000 }) }), weight: 2 },
)
/** What stands in one group is asked for at once. */
const sequence = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
type Step = { readonly kind: (typeof simple)[number] | 'pause-for' | 'pass'; readonly ms: number }

it('any sequence of commands, also at once, gives the state of the model and a ledger without a gap', async () => {
  await fc.assert(fc.asyncProperty(sequence, playSequence), { numRuns: SEQUENCES })
}, 1_800_000)

it('ten callers at once, fifty times over, always leave it in the state of the model, and no timer behind', async () => {
  const atOnce = fc.array(fc.array(step, { minLength: 10, maxLength: 10 }), { minLength: 50, maxLength: 50 })
  await fc.assert(fc.asyncProperty(atOnce, playSequence), { numRuns: 2, endOnFailure: true })
}, 120_000)

async function playSequence(groups: readonly (readonly Step[])[]): Promise<void> {
  const clock = createManualClock({ startAt: Date.UTC(2025, 8, 16, 2, 0, 30) })
  const { sessions, store } = createMemoryBackend()
  const history: HistoryLine[] = []
  const teller = createHistoryTeller({
    process: 'this',
    history: { append: (line) => void history.push(line), close: () => {} },
    now: clock.now,
  })
  const schedule = every({ minutes: 1 })
  const scheduler = createScheduler<MemorySession>({
    name: SCHEDULER,
    sessions: teller.sessions(sessions),
    store: teller.store(store),
    clock,
    jobs: [{ name: JOB, schedule, overlapPolicy: 'allow', handler: teller.handler(async () => {}) }],
    leaseMs: MINUTE,
    sweepMs: MINUTE,
    watchMs: MINUTE,
    graceMs: 0,
  })
  const model = createModel(() => clock.now())

  async function play({ kind, ms }: Step): Promise<void> {
    const until = clock.now() + ms
    switch (kind) {
      case 'pass':
        return
      case 'open':
      case 'close':
        model[kind]()
        return scheduler[kind]()
      case 'run-job':
        return expectAnswer(model.runJob(), () => scheduler.runJob(JOB))
      case 'pause-job':
        return expectAnswer(model.pauseJob(), () => scheduler.pauseJob(JOB))
      case 'resume-job':
        return expectAnswer(model.resumeJob(), () => scheduler.resumeJob(JOB))
      case 'pause-for':
        return expectAnswer(model.want('paused', until), () => scheduler.pause({ until }))
      case 'pause':
        return expectAnswer(model.want('paused'), () => scheduler.pause())
      case 'stop':
        return expectAnswer(model.want('stopped'), () => scheduler.stop())
      case 'start':
        return expectAnswer(model.want('running'), () => scheduler.start())
      case 'resume':
        return expectAnswer(model.resume(), () => scheduler.resume())
    }
  }

  for (const group of groups) {
    const passing = group.reduce((sum, { ms, kind }) => sum + (kind === 'pass' ? ms : 0), 1_000)
    await Promise.all([...group.map(play), clock.advance(passing)])
    expect(scheduler.state).toBe(model.observed())
  }
  await Promise.all([scheduler.close(), clock.advance(1_000)])
  expect(clock.pendingTimers).toBe(0)

  await sessions.withSession(async (session) => {
    const { items: ledger } = await store.listEntries(session, { scheduler: SCHEDULER, limit: 10_000 })
    const { items: log } = await store.listLog(session, { scheduler: SCHEDULER, limit: 10_000 })
    expect(log.length).toBe(model.changes())
    expect(ledger.filter((entry) => entry.kind === 'run' && entry.trigger === 'manual').length).toBe(model.manualRuns())
    if ((await store.readControl(session, { scheduler: SCHEDULER })) === null) return
    const input = { scheduler: SCHEDULER, asOf: clock.now(), windowsMs: {} }
    const { jobs, since } = await store.readMeasures(session, input)
    const checked = jobs.map(({ job, cursor, lifetime }) => ({ job, schedule, since, cursor, lifetime }))
    expect(checkHistory({ history, ledger, jobs: checked, sweepMs: MINUTE })).toEqual([])
  })
}

type Expected = { readonly state: string; readonly changed: boolean } | { readonly code: string } | 'a run'

async function expectAnswer(expected: Expected, ask: () => Promise<object>): Promise<void> {
  const answer = await ask().catch((error: unknown) => {
    if (!isSchedulerError(error)) throw error
    return { code: error.code }
  })
  expect(answer).toMatchObject(expected === 'a run' ? { runId: expect.any(String) } : expected)
}

/** What the scheduler is to answer, when commands are carried out in the order in which they were given. */
function createModel(now: () => number) {
  let isOpen = false
  let desired = 'running'
  let until = Infinity
  let isJobPaused = false
  let changes = 0
  let runs = 0
  const effective = () => (desired === 'paused' && until <= now() ? 'running' : desired)
  const observed = () => (isOpen ? effective() : 'stopped')

  function answer(changed: boolean): Expected {
    if (!isOpen) return { code: 'SCHEDULER_NOT_OPEN' }
    if (changed) changes++
    return { state: observed(), changed }
  }

  return {
    observed,
    changes: () => changes,
    manualRuns: () => runs,
    open() {
      isOpen = true
    },
    close() {
      isOpen = false
    },
    want(next: string, end = Infinity): Expected {
      if (!isOpen) return answer(false)
      const changed = next === 'paused' ? effective() !== 'paused' || until !== end : desired !== next
      desired = next
      until = end
      return answer(changed)
    },
    /** A pause that has ended by itself stands in the store until somebody resumes. */
    resume(): Expected {
      return isOpen && desired === 'stopped' ? { code: 'SCHEDULER_NOT_RUNNING' } : this.want('running')
    },
    pauseJob(): Expected {
      const changed = !isJobPaused
      isJobPaused ||= isOpen
      return answer(changed)
    },
    resumeJob(): Expected {
      const changed = isJobPaused
      isJobPaused &&= !isOpen
      return answer(changed)
    },
    runJob(): Expected {
      if (!isOpen) return answer(false)
      if (effective() === 'stopped') return { code: 'SCHEDULER_NOT_RUNNING' }
      changes++
      runs++
      return 'a run'
    },
  }
}
