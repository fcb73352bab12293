/** Rows in the order in which the reader sees them, and how many wait. */
export interface HeldRows<T> {
  readonly rows: readonly T[]
  readonly waiting: { readonly count: number } | null
}

/**
 * Lays what has come over rows that must not move: each stays in its place with its newest values, a row that is gone
 * stays as it was, and what comes behind the last of them is added. What would come between waits.
 */
export function holdRows<T>(shown: readonly T[], next: readonly T[], keyOf: (row: T) => string): HeldRows<T> {
  const newest = new Map(next.map((row) => [keyOf(row), row]))
  const known = new Set(shown.map(keyOf))
  const lastKnown = next.findLastIndex((row) => known.has(keyOf(row)))
  const behind = lastKnown === -1 ? [] : next.slice(lastKnown + 1)
  const count = next.filter((row) => !known.has(keyOf(row))).length - behind.length
  return {
    rows: [...shown.map((row) => newest.get(keyOf(row)) ?? row), ...behind],
    waiting: count === 0 ? null : { count },
  }
}
