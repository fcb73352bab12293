import { every, type LedgerEntry, type RunContext } from '@pm/scheduler-core'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'

import { createManualScheduler, type ManualScheduler } from '../../manual/manual-scheduler.ts'
import { createManualClock, type ManualClock } from '../../manual-clock.ts'
import { actAsScripted } from '../../traces/script.ts'
import type { ScriptedAttempt } from '../../traces/trace.ts'
import type { CreateStoreHarness, StoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, SECOND, T0 } from './stage.ts'

const PERIOD_MS = 5 * MINUTE

type Step = { readonly kind: 'pass' | 'dead'; readonly ms: number } | { readonly kind: Command }
type Command = 'restart' | 'pause' | 'pause-job' | 'stop' | 'start' | 'run-now'

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: lengths() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dead' as const), ms: lengths() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom<Command>('restart', 'pause', 'pause-job', 'stop', 'start', 'start', 'run-now'),
    }),
  },
)

function lengths() {
  return fc.integer({ min: 1, max: 90 }).map((n) => n * 10 * SECOND + 1)
}

const attempt: fc.Arbitrary<ScriptedAttempt> = fc.record({
  outcome: fc.constantFrom('succeeds', 'fails', 'fails', 'hangs'),
  takesMs: fc.constantFrom(0, 0, 20 * SECOND, 7 * MINUTE),
})

const lives = fc.record({
  steps: fc.array(step, { minLength: 6, maxLength: 14 }),
  attempts: fc.array(attempt, { minLength: 8, maxLength: 8 }),
  overlapPolicy: fc.constantFrom('skip' as const, 'allow' as const, 'cancel-running' as const),
  misfirePolicy: fc.constantFrom('run-latest' as const, 'skip' as const, 'run-all' as const),
})
type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never

/** How many lives: few where each is real I/O. */
const LIVES = { shared: 6, ownMemory: 50 }

/** What the services do in between is of no matter here. */
const RARELY = { watchMs: HOUR, sweepMs: 5 * MINUTE, leaseMs: 5 * MINUTE }

/** Every third due time falls on a holiday. */
const holidays = { name: 'holidays', excludes: (at: number) => (at / PERIOD_MS) % 3 === 0 }

/** What is measured, held against every due time and every row, in any life. */
export function measuresWhatIsOverdueInAnyLife<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('is overdue since exactly the due time that a count of all due times and rows finds, in any life', async () => {
    const harness = await createHarness()
    onTestFinished(() => harness.close())
    let number = 0
    await fc.assert(
      fc.asyncProperty(lives, (life) => live(harness, `overdue-${number++}`, life)),
      { numRuns: harness.store.capabilities.shared ? LIVES.shared : LIVES.ownMemory, endOnFailure: true },
    )
  }, 240_000)
}

async function live<S extends object>(harness: StoreHarness<S>, name: string, life: Life): Promise<void> {
  const clock = createManualClock({ startAt: T0 + 1 })
  const manual = await open(harness, { name, life, clock })
  const pauses = new Pauses()
  for (const each of life.steps) {
    await befall(each, manual, pauses)
    const { asOf, jobs } = await manual.snapshot()
    const since = overdueSince(await manual.ledger(), pauses, asOf)
    expect(jobs[0]?.overdueMs).toBe(since === null ? 0 : asOf - since)
  }
  await manual.close()
}

function open<S extends object>(
  { sessions, store }: StoreHarness<S>,
  { name, life, clock }: { readonly name: string; readonly life: Life; readonly clock: ManualClock },
): Promise<ManualScheduler> {
  let tries = 0
  const { overlapPolicy, misfirePolicy, attempts } = life
  const job = {
    name: 'poll',
    schedule: every({ milliseconds: PERIOD_MS, anchorAt: new Date(0) }),
    overlapPolicy,
    misfirePolicy,
    exclude: [holidays],
    timeoutMs: 12 * MINUTE,
    handler: (context: RunContext<S>) =>
      actAsScripted(attempts[tries++ % attempts.length] ?? { outcome: 'succeeds' }, context, clock),
  }
  return createManualScheduler<S>({ name, jobs: [job], clock, sessions, store, graceMs: 0, ...RARELY })
}

async function befall(step: Step, manual: ManualScheduler, pauses: Pauses): Promise<void> {
  const { scheduler, clock } = manual
  switch (step.kind) {
    case 'pass':
      return manual.advance(step.ms)
    case 'dead':
      manual.crash()
      await manual.advance(step.ms)
      return manual.restart()
    case 'restart':
      return manual.restart()
    case 'run-now': {
      const isBusy = (await manual.snapshot()).scheduler.running > 0
      return isBusy || scheduler.state === 'stopped' ? undefined : manual.runJob('poll')
    }
    case 'pause':
    case 'pause-job':
    case 'stop': {
      pauses.note(step.kind, clock.now())
      const asked = step.kind === 'pause-job' ? scheduler.pauseJob('poll') : scheduler[step.kind]()
      // A stop waits for runs that go on.
      await manual.advance(SECOND)
      return void (await asked)
    }
    case 'start':
      await scheduler.start()
      await scheduler.resumeJob('poll')
      pauses.note('start', clock.now())
      return manual.advance(0)
  }
}

/** The story's own book of what was asked. */
class Pauses {
  /** Spans in which due times are suppressed, after the first instant and up to the second. */
  readonly #spans: { after: number; upTo: number; of: 'pause' | 'pause-job' }[] = []
  readonly #stops: { after: number; upTo: number }[] = []

  note(kind: 'pause' | 'pause-job' | 'stop' | 'start', at: number): void {
    const [spans, open] = [this.#spans, (span: { upTo: number }) => span.upTo === Infinity]
    const end = (of: readonly { upTo: number }[]) => {
      for (const span of of.filter(open)) span.upTo = at
    }
    if (kind === 'start') end([...spans, ...this.#stops])
    if (kind === 'stop') end(spans.filter((span) => span.of === 'pause'))
    if (kind === 'pause') end(this.#stops)
    if (kind === 'stop' && !this.#stops.some(open)) this.#stops.push({ after: at, upTo: Infinity })
    if (kind === 'pause' || kind === 'pause-job') {
      if (!spans.some((span) => span.of === kind && open(span))) spans.push({ after: at, upTo: Infinity, of: kind })
    }
  }

  /** Whether a due time fell into a pause. A due time in a stop and a pause is missed. */
  excuse(dueAt: number): boolean {
    const holds = (span: { after: number; upTo: number }) => span.after < dueAt && dueAt <= span.upTo
    return this.#spans.some(holds) && !this.#stops.some(holds)
  }
}

/** The oldest due time after the last success that had to run: looks at every due time there was. */
function overdueSince(ledger: readonly LedgerEntry[], pauses: Pauses, asOf: number): number | null {
  const successes = ledger.flatMap(({ state, settledAt }) => (state === 'succeeded' ? [settledAt ?? 0] : []))
  const lastSuccessAt = Math.max(T0, ...successes)
  for (let dueAt = T0 + PERIOD_MS; dueAt <= asOf; dueAt += PERIOD_MS) {
    if (dueAt > lastSuccessAt && !holidays.excludes(dueAt) && !pauses.excuse(dueAt)) return dueAt
  }
  return null
}
