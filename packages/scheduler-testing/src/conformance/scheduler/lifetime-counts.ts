import type { SchedulerSnapshot } from '@pm/scheduler-core'

import { countsOf } from '../harness/counts-of.ts'

/** Every lifetime count of a snapshot by a name of its own, of all together and of each job and provider. */
export function lifetimeCounts({
  jobs,
  providers,
  totals,
  callTotals,
}: SchedulerSnapshot): ReadonlyMap<string, number> {
  const tallies = [
    ['all jobs', totals.lifetime] as const,
    ['all providers', callTotals.lifetime] as const,
    ...[...jobs, ...providers].map(({ name, tallies }) => [name, tallies.lifetime] as const),
  ]
  return new Map(
    tallies.flatMap(([whose, tally]) => countsOf(tally).map(([what, count]) => [`${whose}.${what}`, count] as const)),
  )
}
