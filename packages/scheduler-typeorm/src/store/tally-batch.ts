import type { EpochMs } from '@pm/scheduler-core'
import { bucketStart, type Tally } from '@pm/scheduler-core/store'

/** What happened to a job or provider, and when it was settled. */
export interface Contribution<T> {
  readonly name: string
  readonly settledAt: EpochMs
  readonly of: T
}

export interface TallyRow<C extends string, M extends string> {
  readonly bucket_start: EpochMs
  readonly name: string
  readonly tally: Tally<C, M>
}

/** Sums contributions into one row per name and minute. */
export function tallyRows<T, C extends string, M extends string>(
  contributions: readonly Contribution<T>[],
  sum: (parts: readonly T[]) => Tally<C, M>,
): readonly TallyRow<C, M>[] {
  const names = new Map<string, Map<EpochMs, T[]>>()
  for (const { name, settledAt, of } of contributions) {
    const start = bucketStart('minute', settledAt)
    const minutes = names.get(name)
    const parts = minutes?.get(start)
    if (parts) parts.push(of)
    else if (minutes) minutes.set(start, [of])
    else names.set(name, new Map([[start, [of]]]))
  }
  return [...names].flatMap(([name, minutes]) =>
    Array.from(minutes, ([bucket_start, parts]) => ({ bucket_start, name, tally: sum(parts) })),
  )
}
