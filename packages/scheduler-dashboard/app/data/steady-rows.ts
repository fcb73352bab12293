/** Rows that stay in their places, and how many new ones wait. */
export interface SteadyRows<T> {
  readonly rows: readonly T[]
  readonly waiting: { readonly count: number } | null
}

/**
 * The rows to show while the reader is at work in them: those that are shown, in their order, with their latest values.
 * A row that is gone stays as it was last, and new ones wait.
 */
export function holdRows<T>(shown: readonly T[], latest: readonly T[], keyOf: (row: T) => string): SteadyRows<T> {
  const byKey = new Map(latest.map((row) => [keyOf(row), row]))
  const rows = shown.map((row) => byKey.get(keyOf(row)) ?? row)
  const known = new Set(shown.map(keyOf))
  const count = latest.filter((row) => !known.has(keyOf(row))).length
  return { rows, waiting: count === 0 ? null : { count } }
}
