import type { SchedulerSnapshot } from '@pm/scheduler-core'
import { addTallies, RUN_FACTS, type RunTally } from '@pm/scheduler-core/store'
import type { JobReading } from '@pm/scheduler-core/views'

import { MINUTE, T0 } from '../harness/scene.ts'

/**
 * Where a snapshot shows parts of different states. Holds for jobs that are due every minute since `T0` and always moved
 * on together, all of whose runs are settled within the last hour after one call to each of two providers.
 */
export function tornParts({ jobs, totals, callTotals, scheduler, instances }: SchedulerSnapshot, count: number) {
  const sum = addTallies(
    RUN_FACTS,
    jobs.map(({ tallies }) => tallies.lifetime),
  )
  const settled = settledOf(totals.lifetime)
  const running = jobs.reduce((total, job) => total + job.running, 0)
  const [first] = jobs
  const parts: Readonly<Record<string, readonly [unknown, unknown]>> = {
    jobs: [jobs.length, count],
    'totals and jobs': [totals.lifetime, sum],
    'last hour and lifetime': [totals.last_hour, totals.lifetime],
    'recent and lifetime': [totals.recent, totals.lifetime],
    'calls of the last hour and of the lifetime': [callTotals.last_hour, callTotals.lifetime],
    'calls and settled runs': [callTotals.lifetime.calls, 2 * settled],
    'runs that are timed and settled runs': [totals.lifetime.timed_runs, settled],
    'running runs and those of the jobs': [scheduler.running, running],
    'running runs and those of the instances': [
      instances.reduce((total, each) => total + (each.running ?? 0), 0),
      running,
    ],
    ...Object.fromEntries(
      jobs.flatMap((job) => [
        [`due times of ${job.name}`, [accountedFor(job), dueTimesOf(job)]],
        [
          `${job.name} and its sibling`,
          [
            [job.tallies, job.running],
            [first?.tallies, first?.running],
          ],
        ],
      ]),
    ),
  }
  return Object.entries(parts).flatMap(([what, [one, other]]) => {
    const [said, expected] = [JSON.stringify(one), JSON.stringify(other)]
    return said === expected ? [] : [`${what}: ${said} and ${expected}`]
  })
}

/** The due times up to the cursor: the next one to run is the first after it. */
function dueTimesOf({ nextRunAt }: JobReading): number {
  return ((nextRunAt ?? Number.NaN) - T0) / MINUTE - 1
}

function accountedFor({ tallies: { lifetime }, running }: JobReading): number {
  const { due_started, skipped_overlap, skipped_excluded, suppressed, missed } = lifetime
  return due_started + running + skipped_overlap + skipped_excluded + suppressed + missed
}

function settledOf({ succeeded, failed, timed_out, orphaned, interrupted, cancelled }: RunTally): number {
  return succeeded + failed + timed_out + orphaned + interrupted + cancelled
}
