import type { EpochMs } from '@pm/scheduler-core'
import { addTallies, bucketStart, type Tally, type TallyFacts } from '@pm/scheduler-core/store'

/** What one settled run, unrun range or provider call adds, for which name, and when it was settled. */
export interface Contribution<C extends string, M extends string> {
  readonly name: string
  readonly settledAt: EpochMs
  readonly tally: Tally<C, M>
}

export interface TallyRow<C extends string, M extends string> {
  readonly bucket_start: EpochMs
  readonly name: string
  readonly tally: Tally<C, M>
}

/** Sums contributions into one row per name and minute. The server derives the wider buckets from these rows. */
export function tallyRows<C extends string, M extends string>(
  facts: TallyFacts<C, M>,
  contributions: readonly Contribution<C, M>[],
): readonly TallyRow<C, M>[] {
  const minutes = new Map<string, { bucket_start: EpochMs; name: string; tallies: Tally<C, M>[] }>()
  for (const { name, settledAt, tally } of contributions) {
    const bucket_start = bucketStart('minute', settledAt)
    const key = `${bucket_start} ${name}`
    const known = minutes.get(key)
    if (known) known.tallies.push(tally)
    else minutes.set(key, { bucket_start, name, tallies: [tally] })
  }
  return Array.from(minutes.values(), ({ tallies, ...row }) => ({ ...row, tally: addTallies(facts, tallies) }))
}
