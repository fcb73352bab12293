/** The upper limit of every count, 2^53 - 1: up to here whole numbers are exact. */
export const MAX_COUNT = Number.MAX_SAFE_INTEGER

/** The sum of two counts, at most `MAX_COUNT`. */
export function addCounts(a: number, b: number): number {
  return Math.min(a + b, MAX_COUNT)
}

/** Whether a count is exact. A count of `MAX_COUNT` may stand for any greater number. */
export function isExactCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < MAX_COUNT
}
