import type { Distribution } from '../run/distribution.ts'
import { countOf, representativeOf } from '../run/histogram.ts'

/**
 * The value that stands for the `rank`-th percentile by nearest rank: the representative of the bucket that holds the
 * smallest value which is at least as great as `rank` percent of all. It is the value itself below 100 and within 1 %
 * of it above, and never above the maximum. `null` when there are no values.
 *
 * @param rank above 0, at most 100.
 */
export function percentile({ max, histogram }: Distribution, rank: number): number | null {
  if (max === null) return null
  const nearestRank = Math.ceil((rank * countOf(histogram)) / 100)
  let passed = 0
  for (let at = 0; at < histogram.length; at += 2) {
    passed += histogram[at + 1] ?? 0
    if (passed >= nearestRank) return Math.min(max, representativeOf(histogram[at] ?? 0))
  }
  return max
}
