import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useStore } from '../../../store.ts'
import { colourOf } from '../../../ui/colour-of.ts'
import type { FeedState } from '../../../ui/state-of.ts'
import { drawGrid } from './draw-grid.ts'
import { type GridLayout, layGrid } from './grid-layout.ts'

/** No grid has more cells. */
const MOST = 10_000

/**
 * The canvas of a grid, drawn anew with its width, its states and the theme. `expected`: how many cells will come, whose
 * place is kept.
 */
export function useCanvas(
  states: readonly FeedState[],
  expected: number,
): {
  readonly place: RefObject<HTMLDivElement>
  readonly canvas: RefObject<HTMLCanvasElement>
  readonly layout: GridLayout
} {
  const place = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useStore(useApp().preferences.theme)
  const [width, setWidth] = useState(0)
  const [scheme, setScheme] = useState({})
  const layout = layGrid(Math.min(MOST, Math.max(states.length, expected)), width)

  useLayoutEffect(() => {
    const { current } = place
    if (!current) return
    setWidth(current.clientWidth)
    const observer = new ResizeObserver(() => setWidth(current.clientWidth))
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const onChange = () => setScheme({})
    dark.addEventListener('change', onChange)
    return () => dark.removeEventListener('change', onChange)
  }, [])
  useLayoutEffect(() => {
    const { current } = canvas
    const context = current?.getContext('2d')
    if (!current || !context || width === 0) return
    const ratio = window.devicePixelRatio || 1
    current.width = layout.columns * layout.pitch * ratio
    current.height = layout.rows * layout.pitch * ratio
    current.style.setProperty('width', `${layout.columns * layout.pitch}px`)
    current.style.setProperty('height', `${layout.rows * layout.pitch}px`)
    drawGrid({ context, layout, states, colours: coloursNear(current.parentElement ?? current), ratio })
  }, [states, width, theme, scheme])

  return { place, canvas, layout }
}

function coloursNear(place: HTMLElement): Readonly<Record<FeedState, string>> {
  const of = (state: FeedState) => colourOf(state, place)
  return { ok: of('ok'), late: of('late'), failed: of('failed'), paused: of('paused'), unknown: of('unknown') }
}
