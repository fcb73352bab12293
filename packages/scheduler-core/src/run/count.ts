import { MAX_COUNT } from '../limits.ts'

/** The sum of two counts, at most `MAX_COUNT`. */
export function addCounts(a: number, b: number): number {
  return Math.min(a + b, MAX_COUNT)
}

/** Whether a count is exact. A count of `MAX_COUNT` may stand for any greater number. */
export function isExactCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < MAX_COUNT
}
