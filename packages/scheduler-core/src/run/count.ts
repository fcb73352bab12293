/** Where every count stops: the greatest whole number up to which all are exact. */
export const MAX_COUNT = Number.MAX_SAFE_INTEGER

/** The sum of two counts, which stops at `MAX_COUNT`: what has reached it, stays there whatever is added. */
export function addCounts(a: number, b: number): number {
  return Math.min(a + b, MAX_COUNT)
}

/** Whether a number counts something exactly. One at `MAX_COUNT` may stand for any greater one. */
export function isExactCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < MAX_COUNT
}
