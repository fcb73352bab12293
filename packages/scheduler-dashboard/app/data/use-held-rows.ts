import { useRef, useState } from 'preact/hooks'

import { type HeldRows, holdRows } from './held-rows.ts'

export interface Holding<T> {
  /** Of what the rows are (default always of the same): with another key nothing is held. */
  readonly key?: string
  readonly isHeld: boolean
  readonly keyOf: (row: T) => string
}

/** Rows that keep their places while the reader is at work in them, with their newest values. */
export function useHeldRows<T>(
  next: readonly T[],
  { key = '', isHeld, keyOf }: Holding<T>,
): HeldRows<T> & { readonly showWaiting: () => void } {
  const [, render] = useState({})
  const shown = useRef<{ key: string; rows: readonly T[] } | null>(null)
  const { current } = shown
  const mustStay = isHeld && current !== null && current.key === key && current.rows.length > 0
  const held = mustStay ? holdRows(current.rows, next, keyOf) : { rows: next, waiting: null }
  shown.current = { key, rows: held.rows }
  return {
    ...held,
    showWaiting() {
      shown.current = null
      render({})
    },
  }
}
