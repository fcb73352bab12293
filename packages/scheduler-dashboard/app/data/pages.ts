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

export interface ReadOn<T> {
  readonly shown: readonly T[]
  readonly next: string
  readonly read: (cursor: string) => Promise<LoadedPage<T>>
  readonly keyOf: (row: T) => string
}

/**
 * Reads pages until one has a row that is not shown yet, or the list ends. Where the order has changed meanwhile, a page
 * may have none, and a reader at the end of the list cannot scroll on to ask for another.
 */
export async function readOn<T>({ shown, next, read, keyOf }: ReadOn<T>): Promise<readonly LoadedPage<T>[]> {
  const known = new Set(shown.map(keyOf))
  const pages: LoadedPage<T>[] = []
  for (let cursor: string | null = next; cursor !== null; ) {
    const page: LoadedPage<T> = await read(cursor)
    pages.push(page)
    cursor = page.items.some((row) => !known.has(keyOf(row))) ? null : page.next_cursor
  }
  return pages
}

export interface ReadFirst<T> {
  readonly most: number
  readonly read: (cursor: string | null) => Promise<Page<T>>
  readonly keyOf: (row: T) => string
}

/**
 * Reads the first rows of a list, each once. Where the order changes meanwhile, the pages may begin with the first rows
 * again: then it reads on, up to twice as far.
 */
export async function readFirst<T>({ most, read, keyOf }: ReadFirst<T>): Promise<FirstRows<T>> {
  const rows = new Map<string, T>()
  let page = await read(null)
  let count = 0
  for (;;) {
    for (const row of page.items) rows.set(keyOf(row), row)
    count += page.items.length
    if (page.next_cursor === null || rows.size >= most || count >= 2 * most) break
    page = await read(page.next_cursor)
  }
  return { rows: [...rows.values()].slice(0, most), total: page.total ?? rows.size }
}

export interface FirstRows<T> {
  readonly rows: readonly T[]
  /** How many there are in all. */
  readonly total: number
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
