import type { Spread } from '../result.ts'

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Nearest rank; not a number of no values. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))] ?? Number.NaN
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const last = sorted.length - 1
  return {
    median: median(sorted),
    p10: sorted[Math.floor(0.1 * last)] ?? Number.NaN,
    p90: sorted[Math.ceil(0.9 * last)] ?? Number.NaN,
  }
}

export function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}
