import { createScheduler, every, type SchedulerSnapshot, type SettledRunState } from '@pm/scheduler-core'
import {
  type CallTally,
  type ClaimedRun,
  distributionOf,
  EMPTY_CALL_TALLY,
  type NewUnrunRange,
  randomRunId,
  SETTLED_RUN_STATES,
} from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { createManualClock } from '../../manual-clock.ts'
import { HOUR, MINUTE, type Scene, SECOND, type Stage, settlementOf, T0 } from '../harness/scene.ts'
import { tornParts } from './torn-parts.ts'

const JOBS = ['a', 'b'] as const
const READERS = 2
const WRITERS = 2

export function servingSnapshots<S extends object>(stage: Stage<S>): void {
  describe('snapshots beside writers', () => {
    const timeout = 60_000 + 200 * stage.options.snapshots
    it('are one state each, none torn, and never go back', { timeout }, async (context) => {
      const scene = await stage.open(context, { concurrentUnits: READERS + WRITERS })
      const clock = createManualClock({ startAt: T0 })
      const { sessions, store } = scene.harness
      const jobs = JOBS.map((name) => ({ name, schedule: every({ minutes: 1 }), handler: () => {} }))
      // Its clock stands still: it shows what the writers do and does nothing itself.
      const openScheduler = async () => {
        const scheduler = createScheduler<S>({ name: scene.scheduler, jobs, sessions, store, clock })
        await scheduler.open()
        return scheduler
      }
      const schedulers = await Promise.all(Array.from({ length: READERS }, openScheduler))
      const { scheduler, owner } = scene
      await scene.unit((s) => store.renew(s, { scheduler, owner, leases: [], leaseUntil: T0 + HOUR, now: T0 }))

      let left = stage.options.snapshots
      const states = new Set<number>()
      // Readers that are faster than the writers would see one state again and again.
      const goesOn = () => left > 0 || states.size <= stage.options.snapshots / 20
      const readers = schedulers.map(async (each) => {
        let last = 0
        while (goesOn()) {
          left--
          const { snapshot } = await each.snapshot({ maxAgeMs: 0 })
          expect(tornParts(snapshot, JOBS.length)).toEqual([])
          const reached = progressOf(snapshot)
          expect(reached).toBeGreaterThanOrEqual(last)
          last = reached
          states.add(reached)
          await othersTurn()
        }
      })
      const writers = Array.from({ length: WRITERS }, async () => {
        let open: readonly ClaimedRun[] = []
        for (let round = 0; goesOn(); round++) {
          const claims = await claimDue(scene, round)
          await settleAlike(scene, open, round)
          open = claims
        }
      })
      await Promise.all([...readers, ...writers])
      await Promise.all([...schedulers.map((each) => each.close()), clock.advance(SECOND)])
    })
  })
}

/** Grows with every unit of the writers. */
function progressOf({ totals, scheduler }: SchedulerSnapshot): number {
  const { succeeded, failed, timed_out, orphaned, interrupted, cancelled } = totals.lifetime
  return 2 * (succeeded + failed + timed_out + orphaned + interrupted + cancelled) + scheduler.running
}

/** One unit that moves both jobs on by the same: one due time starts, some more come to an end without running. */
function claimDue<S>(scene: Scene<S>, round: number): Promise<readonly ClaimedRun[]> {
  return scene.unit(async (session) => {
    const { scheduler, store } = scene
    const { jobs } = await store.lockJobs(session, { scheduler, jobs: JOBS })
    const claims: ClaimedRun[] = []
    for (const { job, cursor } of jobs) {
      const scheduledFor = cursor + MINUTE
      const claim = scene.newRun({ job, scheduledFor, startedAt: T0 - MINUTE })
      const dueCount = 1 + (round % 3)
      const through = scheduledFor + dueCount * MINUTE
      const end = ENDS[round % ENDS.length] ?? ENDS[0]
      const range = { ...end, id: randomRunId(), job, scheduledFor: scheduledFor + MINUTE, through, dueCount }
      const unrun = [{ ...range, settledAt: settledAt(round) }]
      claims.push(...(await scene.recordIn(session, { job, cursor: through, claims: [claim], unrun })))
      await othersTurn()
    }
    return claims
  })
}

/** One unit in which a run of each job is settled, one after the other. */
async function settleAlike<S>(scene: Scene<S>, runs: readonly ClaimedRun[], round: number): Promise<void> {
  await scene.unit(async (session) => {
    const { scheduler, store } = scene
    const state: SettledRunState = SETTLED_RUN_STATES[round % SETTLED_RUN_STATES.length] ?? 'succeeded'
    for (const run of runs) {
      const calls = ['alpha_vantage', 'yahoo_finance'].map((provider) => ({ provider, tally: ONE_CALL }))
      const outcome = { state, settledAt: settledAt(round), durationMs: 50 * (round % 8), calls }
      await store.settle(session, { scheduler, settlements: [settlementOf(run, outcome)] })
      await othersTurn()
    }
  })
}

/** Within every window: in whole hours and minutes, and in the edges that are read from rows. */
function settledAt(round: number): number {
  return T0 - ((round * 7_919) % (HOUR - SECOND))
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

const ENDS = [
  { state: 'missed', reason: null },
  { state: 'suppressed', reason: null },
  { state: 'skipped', reason: 'overlap' },
  { state: 'skipped', reason: 'excluded' },
] as const satisfies readonly Pick<NewUnrunRange, 'state' | 'reason'>[]

const ONE_CALL: CallTally = {
  ...EMPTY_CALL_TALLY,
  calls: 1,
  answered: 1,
  succeeded: 1,
  answered_ms: 150,
  distributions: { answered_ms: distributionOf(150) },
}
