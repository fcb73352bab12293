import type { RunContext, SchedulerSnapshot } from '@pm/scheduler-core'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'

import { createManualScheduler, type ManualScheduler } from '../../manual/manual-scheduler.ts'
import { createManualClock, type ManualClock } from '../../manual-clock.ts'
import { actAsScripted, takeStep } from '../../traces/script.ts'
import type { ScriptedAttempt, TraceStep } from '../../traces/trace.ts'
import type { CreateStoreHarness, StoreHarness } from '../harness/harness.ts'
import { lifetimeCounts } from './lifetime-counts.ts'
import { HOUR, MINUTE, SECOND, T0 } from './stage.ts'

/** What befalls a scheduler, and what its handlers do meanwhile, attempt by attempt. */
interface Life {
  readonly steps: readonly Step[]
  readonly attempts: readonly ScriptedAttempt[]
}

type Step =
  | Extract<TraceStep, { kind: 'pass' | 'restart' | 'pause' | 'resume' | 'run-now' }>
  | { readonly kind: 'kill' }
  | { readonly kind: 'purge' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass'),
      ms: fc.integer({ min: 1, max: 36 }).map((n) => n * 10 * SECOND),
    }),
  },
  fc.record({ kind: fc.constantFrom('restart', 'kill', 'purge', 'pause', 'resume', 'run-now') }),
)

const PROVIDER = 'yahoo_finance'

const attempt: fc.Arbitrary<ScriptedAttempt> = fc
  .record({
    outcome: fc.constantFrom('succeeds', 'fails', 'hangs'),
    takesMs: fc.constantFrom(0, 0, 5 * SECOND, 15 * SECOND),
    items: fc.record({ processed: fc.nat(9), failed: fc.nat(1) }),
    answered: fc.boolean(),
  })
  .map(({ answered, ...rest }) => {
    const outcome = answered ? 'succeeded' : 'failed'
    return { ...rest, calls: [{ provider: PROVIDER, outcome, answered, durationMs: 10 + rest.takesMs }] }
  })

const lives: fc.Arbitrary<Life> = fc.record({
  steps: fc.array(step, { minLength: 4, maxLength: 8 }),
  attempts: fc.array(attempt, { minLength: 8, maxLength: 8 }),
})

/** Lives of one store, each over an hour of ticks: few where those are real I/O. */
const LIVES = { shared: 3, ownMemory: 10 }

export function countsOn<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('changes nothing but since, instances and uptime by restarts, kills and purges, and no lifetime count ever falls', async () => {
    const harness = await createHarness()
    onTestFinished(() => harness.close())
    let life = 0
    await fc.assert(
      fc.asyncProperty(lives, async (plot) => live(await openLife(harness, `life-${life++}`, plot.attempts), plot)),
      { numRuns: harness.store.capabilities.shared ? LIVES.shared : LIVES.ownMemory, endOnFailure: true },
    )
  }, 120_000)
}

interface Living {
  readonly manual: ManualScheduler
  /** Deletes what no window needs any more, and says how many rows that was. */
  purge(): Promise<number>
}

/**
 * A scheduler with more of a past than its windows are wide, 15 seconds after a due time: all else falls on tens of
 * seconds, so that nothing becomes overdue in the second that a restart takes. It ran two days before as well: a store may
 * keep what is a day old.
 */
async function openLife<S extends object>(
  { sessions, store }: StoreHarness<S>,
  name: string,
  attempts: readonly ScriptedAttempt[],
): Promise<Living> {
  const past = createManualClock({ startAt: T0 - 48 * HOUR })
  const clock = createManualClock({ startAt: T0 })
  let tries = 0
  const actOn = (time: ManualClock) => (context: RunContext<S>) =>
    actAsScripted(attempts[tries++ % attempts.length] ?? { outcome: 'succeeds' }, context, time)
  const jobsOn = (time: ManualClock) =>
    ['poll', 'report'].map((job) => ({
      name: job,
      schedule: { kind: 'every', periodMs: 10 * MINUTE, anchorAt: 0 } as const,
      timeoutMs: 20 * SECOND,
      handler: actOn(time),
    }))
  const providers = { describe: () => [{ name: PROVIDER, enabled: true, apiKeyConfigured: null }] }
  const rarely = { watchMs: HOUR, sweepMs: 5 * MINUTE, leaseMs: 5 * MINUTE }
  const openOn = (time: ManualClock) => {
    const options = { name, jobs: jobsOn(time), clock: time, providers, recentWindowMs: HOUR, ...rarely }
    return createManualScheduler<S>({ ...options, sessions, store })
  }
  const before = await openOn(past)
  await before.advance(20 * MINUTE + 30 * SECOND)
  await before.close()
  const manual = await openOn(clock)
  await manual.advance(70 * MINUTE + 15 * SECOND)
  return {
    manual,
    purge() {
      const before = clock.now() - HOUR
      const keep = { keepBucketsAfter: before, keepReceiptsAfter: before }
      const input = { scheduler: name, now: clock.now(), before, ...keep, limit: 1_000 }
      return sessions.withSession((session) => store.prune(session, input))
    },
  }
}

async function live({ manual, purge }: Living, { steps }: Life): Promise<void> {
  let counted = lifetimeCounts(await manual.snapshot())
  let purged = 0
  for (const each of [...steps, { kind: 'purge' } as const, { kind: 'restart' } as const]) {
    const before = await manual.snapshot()
    if (each.kind === 'purge') purged += await purge()
    else await befall(each, manual)
    const after = await manual.snapshot()
    // A process that ends in good order ends its runs as well; one that is killed does nothing any more.
    const isSilent =
      each.kind === 'purge' || each.kind === 'kill' || (each.kind === 'restart' && !before.scheduler.running)
    if (isSilent && !hasCaughtUp(before, after)) expect(lasting(after)).toEqual(lasting(before))
    const now = lifetimeCounts(after)
    const fallen = [...counted].filter(([what, count]) => (now.get(what) ?? 0) < count)
    expect(fallen).toEqual([])
    counted = now
    if (each.kind === 'restart') await manual.advance(9 * SECOND)
  }
  expect(purged).toBeGreaterThan(0)
  await manual.close()
}

/** A start counts at once what the next sweep would have: runs whose lease is over, and due times within a pause. */
function hasCaughtUp({ totals: before }: SchedulerSnapshot, { totals: after }: SchedulerSnapshot): boolean {
  const owed = ({ orphaned, suppressed }: SchedulerSnapshot['totals']['lifetime']) => orphaned + suppressed
  return owed(after.lifetime) > owed(before.lifetime)
}

async function befall(step: Exclude<Step, { kind: 'purge' }>, manual: ManualScheduler): Promise<void> {
  if (step.kind === 'kill') {
    manual.crash()
    return manual.restart()
  }
  // Beside a run that goes on it would be refused.
  const isBusy = step.kind === 'run-now' && (await manual.snapshot()).scheduler.running > 0
  return isBusy ? manual.advance(0) : takeStep(step, manual, 'poll')
}

/** A snapshot without what belongs to its moment, to its process, or to how far back is known. */
function lasting({ scheduler, jobs, providers, totals, callTotals, windowsMs, feeds, custom }: SchedulerSnapshot) {
  const { since: _, uptimeMs: __, activeMs: ___, pausedMs: ____, erroredMs: _____, overdueMs, ...others } = scheduler
  const { abandoned: ______, abandonedHandlers: _______, reasons, ...rest } = others
  const lastingReasons = reasons.filter((reason) => reason !== 'HANDLERS_ABANDONED')
  const isOverdue = (ms: number) => ({ isOverdue: ms > 0 })
  return {
    scheduler: { ...rest, reasons: lastingReasons, ...isOverdue(overdueMs) },
    jobs: jobs.map(({ overdueMs, ...job }) => ({ ...job, ...isOverdue(overdueMs) })),
    providers,
    totals,
    callTotals,
    windowsMs,
    feeds,
    custom,
  }
}
