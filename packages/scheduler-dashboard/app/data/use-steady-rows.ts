import { useRef, useState } from 'preact/hooks'

import { holdRows, type SteadyRows } from './steady-rows.ts'

/**
 * For rows that come with a status: while they are held (see `useHold`), none comes, goes or moves; `showWaiting` shows
 * the latest ones all the same.
 */
export function useSteadyRows<T>(
  latest: readonly T[],
  { isHeld, keyOf }: { readonly isHeld: boolean; readonly keyOf: (row: T) => string },
): SteadyRows<T> & { showWaiting(): void } {
  const shown = useRef(latest)
  const [, render] = useState({})
  const steady = isHeld ? holdRows(shown.current, latest, keyOf) : { rows: latest, waiting: null }
  shown.current = steady.rows
  return {
    ...steady,
    showWaiting() {
      shown.current = latest
      render({})
    },
  }
}
