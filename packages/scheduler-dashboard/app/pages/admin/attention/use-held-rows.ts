import { useRef, useState } from 'preact/hooks'

import { type HeldRow, type HeldRows, holdRows } from './held-rows.ts'

/** Rows that do not move under the reader. `showWaiting` lets them move once. */
export function useHeldRows<T extends { readonly id: string }>(
  next: readonly T[],
  { isHeld }: { readonly isHeld: boolean },
): HeldRows<T> & { readonly showWaiting: () => void } {
  const shown = useRef<readonly HeldRow<T>[]>([])
  const [, render] = useState({})
  const held = holdRows(shown.current, next, { isHeld })
  shown.current = held.rows
  return {
    ...held,
    showWaiting() {
      shown.current = []
      render({})
    },
  }
}
