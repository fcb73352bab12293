import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'
import type { Changed } from '../live/changed.ts'
import type { View } from '../live/topic.ts'
import { useChanged } from '../live/use-status.ts'
import type { Api } from './api.ts'
import { toFailure } from './failure.ts'
import { arrived, failed, loading, type ResourceState, released } from './resource-state.ts'

export interface ResourceOptions<T> {
  readonly scheduler: string
  /** Reads anew after each frame of this view's stream that `matches` (default: every one). */
  readonly refreshOn?: { readonly view: View; readonly matches?: (changed: Changed) => boolean }
  /** While true, new data wait: the reader's pointer or focus is inside (see `useHold`). */
  readonly isHeld?: boolean
  /** How many rows are new (default: 1 for anything that came). */
  readonly countNew?: (shown: T, next: T) => number
}

export interface Resource<T> extends ResourceState<T> {
  reload(): void
  /** Shows the data that wait. */
  showWaiting(): void
}

/** A stream may tell of many changes at once; what is read because of them is read at most so often. */
const LEAST_MS = 1_000

/**
 * Reads something from the API and keeps it fresh. `key` says what it is: with another key it is read anew, and `null`
 * reads nothing. What was read stays until it is replaced.
 */
export function useResource<T>(
  key: string | null,
  fetcher: (api: Api, signal: AbortSignal) => Promise<T>,
  options: ResourceOptions<T>,
): Resource<T> {
  const { apiOf, clock } = useApp()
  const { scheduler, refreshOn, isHeld = false, countNew = () => 1 } = options
  const [state, setState] = useState<ResourceState<T>>(loading)
  const [turn, setTurn] = useState(0)
  const latest = useRef({ fetcher, isHeld, countNew })
  latest.current = { fetcher, isHeld, countNew }
  const whole = key === null ? null : `${scheduler} ${key}`
  const shownFor = useRef(whole)

  useEffect(() => {
    if (whole === null) return
    const left = new AbortController()
    const { signal } = left
    const isOther = shownFor.current !== whole
    shownFor.current = whole
    setState((before) => (isOther ? loading() : { ...before, isRefreshing: true }))
    latest.current.fetcher(apiOf(scheduler, signal), signal).then(
      (data) => {
        if (signal.aborted) return
        const news = { ...latest.current, atMs: clock.now() }
        setState((before) => arrived(before, data, news))
      },
      (error: unknown) => {
        if (!signal.aborted) setState((before) => failed(before, toFailure(error)))
      },
    )
    return () => left.abort()
  }, [apiOf, clock, scheduler, whole, turn])

  useEffect(() => {
    if (!isHeld) setState(released)
  }, [isHeld])

  const reload = useCallback(() => setTurn((count) => count + 1), [])
  useRefresh(scheduler, refreshOn, reload)
  const shown = shownFor.current === whole ? state : loading<T>()
  return { ...shown, reload, showWaiting: () => setState(released) }
}

/** Calls `reload` after changes that matter, at once and then at most once a second. */
export function useRefresh(
  scheduler: string,
  refreshOn: ResourceOptions<unknown>['refreshOn'],
  reload: () => void,
): void {
  const wanted = useRef(refreshOn)
  wanted.current = refreshOn
  const pending = useRef<number | undefined>(undefined)
  const lastMs = useRef(0)
  const onChanged = useCallback(
    (changed: Changed) => {
      const { current } = wanted
      if (!current || pending.current !== undefined || !(current.matches?.(changed) ?? true)) return
      const passed = performance.now() - lastMs.current
      pending.current = window.setTimeout(
        () => {
          pending.current = undefined
          lastMs.current = performance.now()
          reload()
        },
        Math.max(0, LEAST_MS - passed),
      )
    },
    [reload],
  )
  useChanged(scheduler, refreshOn?.view ?? 'admin', onChanged)
  useEffect(() => () => window.clearTimeout(pending.current), [])
}
