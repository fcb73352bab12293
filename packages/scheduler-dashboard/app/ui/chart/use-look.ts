import { useState } from 'preact/hooks'

import { createStore, type Store, useStore } from '../../store.ts'
import type { ChartLook } from './chart-props.ts'
import type { Frame } from './to-frame.ts'

export const LOOK_AT_ALL: ChartLook = { atMs: null, part: null }

/** A shorter way of the pointer is a click. */
const LEAST_PX = 6

export interface Looking extends ChartLook {
  /** What is being drawn out, in pixels. */
  readonly drawn: readonly [number, number] | null
  readonly setAt: (atMs: number | null) => void
  readonly showAll: () => void
  readonly handlersOf: (frame: Frame) => Record<string, (event: PointerEvent) => void>
}

/** What the viewer looks at: the instant under the pointer, and the part that they draw out with it. */
export function useLook(shared: Store<ChartLook> | undefined): Looking {
  const [own] = useState(() => createStore(LOOK_AT_ALL))
  const store = shared ?? own
  const { atMs, part } = useStore(store)
  const [drawn, setDrawn] = useState<Looking['drawn']>(null)
  const set = (change: Partial<ChartLook>) => store.set({ ...store.get(), ...change })
  const xOf = ({ currentTarget, clientX }: PointerEvent) =>
    currentTarget instanceof Element ? clientX - currentTarget.getBoundingClientRect().left : 0
  return {
    atMs,
    part,
    drawn,
    setAt: (to) => set({ atMs: to }),
    showAll: () => set({ part: null }),
    handlersOf: (frame) => ({
      onPointerDown: (event) => event.button === 0 && setDrawn([xOf(event), xOf(event)]),
      onPointerMove(event) {
        set({ atMs: frame.msAt(xOf(event)) })
        if (drawn && event.buttons > 0) setDrawn([drawn[0], xOf(event)])
      },
      onPointerUp() {
        const [fromX = 0, toX = 0] = [...(drawn ?? [])].sort((one, other) => one - other)
        if (toX - fromX > LEAST_PX) set({ part: { fromMs: frame.msAt(fromX), toMs: frame.msAt(toX) } })
        setDrawn(null)
      },
      onPointerLeave() {
        set({ atMs: null })
        setDrawn(null)
      },
      onDblClick: () => set({ part: null }),
    }),
  }
}
