/** One page of a list with cursors. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next_cursor: string | null
  /** How many there are in all, where the API says it. */
  readonly total?: number | undefined
}

/** A page, and the cursor that it was read with. */
export interface LoadedPage<T> extends Page<T> {
  readonly cursor: string | null
}

/** Every loaded row once, in the order of the pages: a row that moved to another page is not shown twice. */
export function rowsOf<T>(pages: readonly LoadedPage<T>[], keyOf: (row: T) => string): readonly T[] {
  const rows = new Map<string, T>()
  for (const { items } of pages) for (const row of items) if (!rows.has(keyOf(row))) rows.set(keyOf(row), row)
  return [...rows.values()]
}

/**
 * Puts a page in its place. When it ends elsewhere than before, the pages behind it no longer follow from it, and are
 * dropped: they are read again when the reader comes to them.
 */
export function putPage<T>(pages: readonly LoadedPage<T>[], page: LoadedPage<T>): readonly LoadedPage<T>[] {
  const at = pages.findIndex(({ cursor }) => cursor === page.cursor)
  if (at === -1) return [...pages, page]
  const next = pages[at + 1]
  const isSameEnd = next === undefined || next.cursor === page.next_cursor
  return [...pages.slice(0, at), page, ...(isSameEnd ? pages.slice(at + 1) : [])]
}

/** The pages that hold the rows from `first` to `last`. */
export function pagesAt<T>(
  pages: readonly LoadedPage<T>[],
  { first, last }: { readonly first: number; readonly last: number },
): readonly LoadedPage<T>[] {
  let start = 0
  return pages.filter(({ items }) => {
    const end = start + items.length
    const isSeen = start <= last && end > first
    start = end
    return isSeen
  })
}

/** How many rows of `next` were not there. */
export function countNewRows<T>(shown: readonly T[], next: readonly T[], keyOf: (row: T) => string): number {
  const known = new Set(shown.map(keyOf))
  return next.filter((row) => !known.has(keyOf(row))).length
}
