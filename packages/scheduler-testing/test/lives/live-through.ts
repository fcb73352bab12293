import {
  createMemoryBackend,
  createScheduler,
  type EpochMs,
  isSchedulerError,
  type JobAudit,
  type JobOptions,
  type LedgerEntry,
  type MemorySession,
  type RunContext,
  type Schedule,
  type Scheduler,
  type SchedulerSnapshot,
} from '@pm/scheduler-core'
import { createManualClock, type ManualClock } from '@pm/scheduler-testing'

import { createMortalProcess, type MortalProcess } from '../../src/manual/mortal-process.ts'
import { wholeLedger } from '../../src/manual/whole-ledger.ts'
import type { BookedCall } from './book.ts'
import { type Deed, JOBS, type JobName, type Release, type Step, type Story } from './story.ts'

export const LEASE_MS = 60_000
const SWEEP_MS = 60_000
const MOST_PROCESSES = 3
/** Longer than everything that a job still has to do: its attempts, their waits and its timeouts. */
const QUIET_MS = 10 * 60_000

/** When which release was open in a process. */
export interface LivedProcess {
  readonly release: number
  readonly openedAt: EpochMs
  endedAt: EpochMs | null
}

/** What is left of a life once its last run is settled. */
export interface Life {
  readonly endedAt: EpochMs
  readonly book: readonly BookedCall[]
  readonly ledger: readonly LedgerEntry[]
  readonly audits: readonly JobAudit[]
  readonly snapshot: SchedulerSnapshot
  readonly processes: readonly LivedProcess[]
  /** Whether a person, or a newer run, may have cancelled one. */
  readonly mayCancel: boolean
  /** What a process had in its code of a job; `null` for nothing. */
  scheduleOf(process: LivedProcess, job: JobName): Schedule | null
}

interface OpenProcess {
  readonly lived: LivedProcess
  readonly scheduler: Scheduler
  readonly process: MortalProcess<MemorySession>
}

/** Plays a story to its end: then one last process with every job settles what is left. */
export async function liveThrough({ releases, steps, deeds }: Story): Promise<Life> {
  const clock = createManualClock({ startAt: Date.UTC(2025, 8, 16, 2, 0, 30) })
  const startedAt = clock.now()
  const backend = createMemoryBackend()
  const book: BookedCall[] = []
  const processes: LivedProcess[] = []
  const open: OpenProcess[] = []
  let deedsDone = 0
  const nextDeed = (): Deed => deeds[deedsDone++ % deeds.length] ?? { how: 'returns', afterMs: 0, items: 0 }

  async function openProcess(release: Release, index: number): Promise<OpenProcess> {
    const process = createMortalProcess(clock, backend.sessions)
    const handler = bookingHandler({ process, book, nextDeed })
    const scheduler = createScheduler<MemorySession>({
      name: 'lives',
      store: backend.store,
      sessions: process.sessions,
      clock: process.clock,
      followStoreClock: false,
      processProbe: null,
      jobs: jobsOf(release, handler),
      leaseMs: LEASE_MS,
      sweepMs: SWEEP_MS,
      watchMs: SWEEP_MS,
    })
    await settle(clock, scheduler.open())
    const lived: LivedProcess = { release: index, openedAt: clock.now(), endedAt: null }
    processes.push(lived)
    const opened = { lived, scheduler, process }
    open.push(opened)
    return opened
  }

  async function end(which: OpenProcess, how: { readonly graceMs: number } | 'kill'): Promise<void> {
    open.splice(open.indexOf(which), 1)
    if (how !== 'kill') await settle(clock, which.scheduler.close(how))
    which.process.kill()
    which.lived.endedAt = clock.now()
  }

  async function play(step: Step): Promise<void> {
    if (step.kind === 'pass') return clock.advance(step.ms)
    if (step.kind === 'open') {
      const release = releases[step.release]
      if (open.length < MOST_PROCESSES && release) await openProcess(release, step.release)
      return
    }
    const which = open[step.which % Math.max(1, open.length)]
    if (!which) return
    if (step.kind === 'kill') return end(which, 'kill')
    if (step.kind === 'close') return end(which, { graceMs: step.graceMs })
    await settle(clock, command(which.scheduler, step).catch(unlessRefused))
  }

  for (const step of steps) await play(step)
  for (const each of [...open]) await end(each, { graceMs: 0 })

  const last = Object.assign({}, ...releases) as Release
  const { scheduler } = await openProcess(last, -1)
  await settle(clock, scheduler.start({ why: 'the end' }))
  for (const job of scheduler.jobNames) await settle(clock, scheduler.resumeJob(job))
  await clock.advance(QUIET_MS)
  await settle(clock, scheduler.pause({ why: 'the end' }))
  await clock.advance(QUIET_MS)
  const range = { from: startedAt, to: clock.now() }
  const life = {
    endedAt: clock.now(),
    book,
    ledger: await settle(clock, wholeLedger(scheduler)),
    audits: await settle(clock, scheduler.audit(range)),
    snapshot: (await settle(clock, scheduler.snapshot({ maxAgeMs: 0 }))).snapshot,
    processes,
    mayCancel: mayCancel({ releases, steps }),
    scheduleOf: ({ release }: LivedProcess, job: JobName) => (releases[release] ?? last)[job]?.schedule ?? null,
  }
  for (const each of [...open]) await end(each, { graceMs: 0 })
  return life
}

function jobsOf(
  release: Release,
  handler: (ctx: RunContext<MemorySession>) => Promise<void>,
): JobOptions<MemorySession>[] {
  return JOBS.flatMap((name): JobOptions<MemorySession>[] => {
    const job = release[name]
    if (!job) return []
    const { maxAttempts, backoffMs, ...policies } = job
    return [{ name, handler, ...policies, retry: { maxAttempts, backoffMs } }]
  })
}

interface Booking {
  readonly process: MortalProcess<MemorySession>
  readonly book: BookedCall[]
  readonly nextDeed: () => Deed
}

function bookingHandler({ process, book, nextDeed }: Booking) {
  return async (ctx: RunContext<MemorySession>): Promise<void> => {
    const deed = nextDeed()
    const { job, runId, attempt, trigger, scheduledFor } = ctx
    const call: BookedCall = { job, runId, attempt, trigger, scheduledFor, items: deed.items, ending: null }
    book.push(call)
    ctx.report({ processed: deed.items })
    await new Promise<void>((resolve, reject) => {
      const returns = () => {
        call.ending = 'returned'
        resolve()
      }
      const throws = () => {
        call.ending = 'threw'
        reject(new Error('as told'))
      }
      if (deed.how === 'returns') process.clock.setTimer(returns, deed.afterMs)
      if (deed.how === 'throws') process.clock.setTimer(throws, deed.afterMs)
      if (deed.how === 'obeys') ctx.signal.addEventListener('abort', throws)
    })
  }
}

function command(scheduler: Scheduler, step: Exclude<Step, { readonly kind: 'pass' | 'open' | 'close' | 'kill' }>) {
  switch (step.kind) {
    case 'pause':
    case 'resume':
    case 'start':
      return scheduler[step.kind]()
    case 'stop':
      return scheduler.stop()
    case 'pause-job':
      return scheduler.pauseJob(step.job)
    case 'resume-job':
      return scheduler.resumeJob(step.job)
    case 'run-job':
      return scheduler.runJob(step.job)
    case 'cancel-run':
      return cancelOne(scheduler, step.job)
  }
}

async function cancelOne(scheduler: Scheduler, job: JobName): Promise<void> {
  const { items } = await scheduler.listRuns({ job, limit: 50 })
  const run = items.find((entry) => entry.kind === 'run' && entry.state === 'running')
  if (run) await scheduler.cancelRun(run.id)
}

/** A command that does not fit is refused with a code. Nothing else may come of it. */
function unlessRefused(error: unknown): void {
  if (!isSchedulerError(error)) throw error
}

/** Waits for an answer while time passes as it has to. */
async function settle<T>(clock: ManualClock, answer: Promise<T>): Promise<T> {
  let isOver = false
  const over = answer.finally(() => {
    isOver = true
  })
  over.catch(() => {})
  await clock.advance(0)
  while (!isOver) {
    const next = clock.nextTimerAt()
    if (next === null) throw new Error('Nothing is left that could end this.')
    await clock.advance(Math.max(0, next - clock.now()))
  }
  return over
}

function mayCancel({ releases, steps }: Pick<Story, 'releases' | 'steps'>): boolean {
  const replaces = releases.some((release) => JOBS.some((job) => release[job]?.overlapPolicy === 'cancel-running'))
  return replaces || steps.some(({ kind }) => kind === 'cancel-run' || kind === 'stop')
}
