/** Negative when the first goes before the second. */
export type Compare<T> = (a: T, b: T) => number

/**
 * The first `limit` of the items in an order, sorted. Costs no more than a look at each item and a place for those that
 * stay. Pure.
 */
export function firstOf<T>(items: Iterable<T>, limit: number, compare: Compare<T>): readonly T[] {
  const kept: T[] = []
  for (const item of items) {
    const last = kept[limit - 1]
    if (last !== undefined && compare(item, last) >= 0) continue
    kept.splice(placeOf(item, kept, compare), 0, item)
    if (kept.length > limit) kept.pop()
  }
  return kept
}

/** After those that go before it or are equal to it. */
function placeOf<T>(item: T, sorted: readonly T[], compare: Compare<T>): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    const other = sorted[middle]
    if (other !== undefined && compare(other, item) <= 0) from = middle + 1
    else to = middle
  }
  return from
}

/** By UTF-16 units, the same on every machine. */
export function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Numbers from small to great; `null` goes last, whatever the direction. */
export function byNumber(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a - b
}
