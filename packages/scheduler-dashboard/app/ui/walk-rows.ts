const PAGE = 15

/** The row that a key leads to from `at`; `null` when the key does not walk. */
export function walkRows(key: string, at: number, count: number): number | null {
  const next = STEPS[key]?.(at, count)
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next))
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  j: (at) => at + 1,
  k: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + PAGE,
  PageUp: (at) => at - PAGE,
  Home: () => 0,
  End: (_at, count) => count - 1,
}
