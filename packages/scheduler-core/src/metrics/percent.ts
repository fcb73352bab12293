import { isExactCount } from '../run/count.ts'

/**
 * `part / whole` in percent with two decimals, rounded half up in integers: it agrees with exact arithmetic. Exactly
 * 100 only when both are equal, exactly 0 only when `part` is 0. `null` when `whole` is 0 or either is no exact count.
 */
export function percentOf(part: number, whole: number): number | null {
  if (whole === 0 || !isExactCount(part) || !isExactCount(whole)) return null
  const hundredths = roundedQuotient(part * 10_000, whole) ?? bigRoundedQuotient(part, 10_000, whole)
  if (part < whole && hundredths >= 10_000) return 99.99
  if (part > 0 && hundredths <= 0) return 0.01
  return hundredths / 100
}

/** `sum / count` with two decimals, rounded half up in integers; `null` when `count` is 0 or either is not exact. */
export function meanOf(sum: number, count: number): number | null {
  if (count === 0 || !isExactCount(sum) || !isExactCount(count)) return null
  return (roundedQuotient(sum * 100, count) ?? bigRoundedQuotient(sum, 100, count)) / 100
}

/** Rounds half up; `null` where doubles are no longer exact. */
function roundedQuotient(dividend: number, divisor: number): number | null {
  const doubled = 2 * dividend + divisor
  return doubled <= Number.MAX_SAFE_INTEGER ? Math.floor(doubled / (2 * divisor)) : null
}

function bigRoundedQuotient(value: number, scale: number, divisor: number): number {
  const by = BigInt(divisor)
  return Number((2n * BigInt(value) * BigInt(scale) + by) / (2n * by))
}
