import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'
import type { Api } from './api.ts'
import { toFailure } from './failure.ts'
import { countNewRows, type LoadedPage, type Page, pagesAt, putPage, readOn, rowsOf } from './pages.ts'
import { arrived, failed, loading, type ResourceState, released } from './resource-state.ts'
import { type ResourceOptions, useRefresh } from './use-resource.ts'

export interface PagesOptions<T> extends Pick<ResourceOptions<T>, 'scheduler' | 'refreshOn' | 'isHeld'> {
  /** What a row is known by. */
  readonly keyOf: (row: T) => string
}

type Pages<T> = readonly LoadedPage<T>[]

export interface PagedList<T> extends Omit<ResourceState<readonly T[]>, 'waiting'> {
  /** The same as `data`; empty until it has come. */
  readonly rows: readonly T[]
  readonly waiting: { readonly count: number } | null
  /** How many rows match in all; `null` when the API does not say. */
  readonly total: number | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  loadMore(): void
  /** Tells which rows are seen; only their pages are read anew. */
  onVisible(range: { readonly first: number; readonly last: number }): void
  reload(): void
  showWaiting(): void
}

/** A list with cursors, of which a page more is read when the reader comes to its end. `key` as in `useResource`. */
export function usePages<T>(
  key: string,
  fetchPage: (api: Api, cursor: string | undefined) => Promise<Page<T>>,
  { scheduler, refreshOn, isHeld = false, keyOf }: PagesOptions<T>,
): PagedList<T> {
  const { apiOf, clock } = useApp()
  const whole = `${scheduler} ${key}`
  const [state, setState] = useState<ResourceState<Pages<T>>>(loading)
  const [turn, setTurn] = useState(0)
  const [isLoadingMore, setLoadingMore] = useState(false)
  const seen = useRef({ first: 0, last: 0 })
  const latest = useRef({ fetchPage, isHeld, keyOf, pages: state.data })
  latest.current = { fetchPage, isHeld, keyOf, pages: state.data }
  const shownFor = useRef('')
  const read = useCallback(
    async (cursor: string | null, signal: AbortSignal): Promise<LoadedPage<T>> => ({
      ...(await latest.current.fetchPage(apiOf(scheduler, signal), cursor ?? undefined)),
      cursor,
    }),
    [apiOf, scheduler],
  )

  useEffect(() => {
    const left = new AbortController()
    const { signal } = left
    const isOther = shownFor.current !== whole
    shownFor.current = whole
    setLoadingMore(false)
    setState((before) => (isOther ? loading() : { ...before, isRefreshing: true }))
    const before = isOther ? [] : (latest.current.pages ?? [])
    readVisible({ before, range: isOther ? { first: 0, last: 0 } : seen.current, read, signal }).then(
      (found) => {
        if (signal.aborted) return
        const { isHeld: held, keyOf: by } = latest.current
        const countNew = (shown: Pages<T>, next: Pages<T>) => countNewRows(rowsOf(shown, by), rowsOf(next, by), by)
        const news = { isHeld: held, atMs: clock.now(), countNew }
        // Not into the pages of before: more may have come meanwhile.
        setState((old) => arrived(old, found.reduce(putPage<T>, old.data ?? []), news))
      },
      (error: unknown) => {
        if (!signal.aborted) setState((old) => failed(old, toFailure(error)))
      },
    )
    return () => left.abort()
  }, [whole, turn, read, clock])

  const more = useRef<AbortController | null>(null)
  useEffect(() => () => more.current?.abort(), [whole])
  useEffect(() => (isHeld ? undefined : setState(released)), [isHeld])
  const reload = useCallback(() => setTurn((count) => count + 1), [])
  useRefresh(scheduler, refreshOn, reload)

  const { data: pages, ...rest } = shownFor.current === whole ? state : loading<Pages<T>>()
  const rows = useMemo(() => rowsOf(pages ?? [], latest.current.keyOf), [pages])
  const next = pages?.at(-1)?.next_cursor ?? null

  function loadMore(): void {
    if (next === null || isLoadingMore) return
    more.current = new AbortController()
    const { signal } = more.current
    setLoadingMore(true)
    readOn({ shown: rows, next, read: (cursor) => read(cursor, signal), keyOf })
      .then((found) => setState((old) => (signal.aborted ? old : found.reduce(withPage<T>, old))))
      .catch((error: unknown) => setState((old) => (signal.aborted ? old : failed(old, toFailure(error)))))
      .finally(() => setLoadingMore(false))
  }

  return {
    ...rest,
    data: pages === null ? null : rows,
    rows,
    total: pages?.at(0)?.total ?? null,
    hasMore: next !== null,
    isLoadingMore,
    loadMore,
    onVisible: (range) => void Object.assign(seen.current, range),
    reload,
    showWaiting: () => setState(released),
  }
}

/** A page more, also behind what waits: shown, that is as long as what it replaces. */
function withPage<T>(state: ResourceState<Pages<T>>, page: LoadedPage<T>): ResourceState<Pages<T>> {
  const { data, waiting } = state
  return {
    ...state,
    data: putPage(data ?? [], page),
    waiting: waiting && { ...waiting, data: putPage(waiting.data, page) },
  }
}

interface Reading<T> {
  readonly before: Pages<T>
  readonly range: { readonly first: number; readonly last: number }
  readonly read: (cursor: string | null, signal: AbortSignal) => Promise<LoadedPage<T>>
  readonly signal: AbortSignal
}

/** Reads the pages that are seen, each from where the one before ends. */
async function readVisible<T>({ before, range, read, signal }: Reading<T>): Promise<Pages<T>> {
  const seen = pagesAt(before, range)
  const found: LoadedPage<T>[] = []
  let cursor = seen[0]?.cursor ?? null
  for (let count = 0; count < Math.max(1, seen.length); count++) {
    const page = await read(cursor, signal)
    found.push(page)
    if (page.next_cursor === null) break
    cursor = page.next_cursor
  }
  return found
}
