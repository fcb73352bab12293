import {
  addTallies,
  BUCKET_WIDTHS,
  type BucketWidth,
  bucketStart,
  type EpochMs,
  type Tally,
  type TallyFacts,
} from '@pm/scheduler-core'

import { LIFETIME_START } from '../sql/spans.ts'

/** Something countable that happened: whose it is, when it was settled, and what it adds. */
export interface Contribution<C extends string, M extends string> {
  readonly name: string
  readonly settledAt: EpochMs
  readonly tally: Tally<C, M>
}

export interface TallyRow<C extends string, M extends string> {
  readonly width: 'lifetime' | BucketWidth
  readonly bucket_start: EpochMs
  readonly name: string
  readonly tally: Tally<C, M>
}

/** Sums contributions up into one row per name and bucket, so that a batch touches each bucket once. */
export function tallyRows<C extends string, M extends string>(
  facts: TallyFacts<C, M>,
  contributions: readonly Contribution<C, M>[],
): readonly TallyRow<C, M>[] {
  const rows = new Map<string, TallyRow<C, M>>()
  for (const { name, settledAt, tally } of contributions) {
    for (const { width, start } of bucketsOf(settledAt)) {
      const key = `${width} ${start} ${name}`
      const known = rows.get(key)
      rows.set(key, {
        width,
        bucket_start: start,
        name,
        tally: known ? addTallies(facts, [known.tally, tally]) : tally,
      })
    }
  }
  return [...rows.values()]
}

const WIDTHS = Object.keys(BUCKET_WIDTHS) as BucketWidth[]

function bucketsOf(settledAt: EpochMs): { width: TallyRow<string, string>['width']; start: EpochMs }[] {
  const buckets = WIDTHS.map((width) => ({ width, start: bucketStart(width, settledAt) }))
  return [{ width: 'lifetime', start: LIFETIME_START }, ...buckets]
}
