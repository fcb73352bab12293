import type { Distribution } from '../run/distribution.ts'
import { bucketOfNth, countOf, representativeOf } from '../run/histogram.ts'

/**
 * The value that stands for the `rank`-th percentile by nearest rank: the representative of the bucket that holds the
 * smallest value which is at least as great as `rank` percent of all. It is the value itself below 100 and within 1 %
 * of it above, and never above the maximum. `null` when there are no values.
 *
 * @param rank above 0, at most 100.
 */
export function percentile({ max, histogram }: Distribution, rank: number): number | null {
  if (max === null) return null
  const bucket = bucketOfNth(histogram, Math.ceil((rank * countOf(histogram)) / 100))
  return bucket === null ? max : Math.min(max, representativeOf(bucket))
}
