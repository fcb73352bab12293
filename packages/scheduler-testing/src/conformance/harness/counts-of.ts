import type { CallTally, Distribution, RunTally } from '@pm/scheduler-core/store'

/** Every count of a tally by a name of its own: of each counter, and of each bucket of each histogram. */
export function countsOf({ distributions, ...counters }: RunTally | CallTally): readonly (readonly [string, number])[] {
  const buckets = Object.entries<Distribution>(distributions).flatMap(([measure, { histogram }]) =>
    histogram.flatMap((bucket, at) =>
      at % 2 === 0 ? [[`${measure}.${bucket}`, histogram[at + 1] ?? 0] as const] : [],
    ),
  )
  return [...Object.entries(counters), ...buckets]
}
