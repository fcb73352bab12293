import type { LiveHub } from '../live/live-hub.ts'
import { colourOf } from '../ui/colour-of.ts'
import type { StateName } from '../ui/icons.tsx'
import { pageState } from './page-state.ts'

const SHAPES: Readonly<Record<StateName, string>> = {
  ok: '<circle cx="8" cy="8" r="7" fill="COLOUR"/>',
  running: '<circle cx="8" cy="8" r="5.500" fill="none" stroke="COLOUR" stroke-width="3"/>',
  waiting: '<path d="M8 2a6 6 0 1 0 .01 0M8 4.5V8l2.5 2" fill="none" stroke="COLOUR" stroke-width="2.5"/>',
  late: '<path d="M8 1 15.500 15H.5z" fill="COLOUR"/>',
  failed:
    '<rect x="1" y="1" width="14" height="14" rx="2" fill="COLOUR"/><path d="m5 5 6 6m0-6-6 6" stroke="#fff" stroke-width="2"/>',
  interrupted: '<path d="M7 1v14L.5 8zm2 0v14L15.5 8z" fill="COLOUR"/>',
  paused: '<path d="M2.500 2h4v12h-4zm7 0h4v12h-4z" fill="COLOUR"/>',
  unknown: '<circle cx="8" cy="8" r="5.500" fill="none" stroke="COLOUR" stroke-width="3"/>',
  skipped: '<path d="M2 8h12" stroke="COLOUR" stroke-width="3"/>',
}

/** Of states that have no colour of their own name. */
const COLOURS: Readonly<Partial<Record<StateName, string>>> = {
  running: 'accent',
  waiting: 'accent',
  skipped: 'unknown',
}

/** Draws the state of the page into its tab's sign, also while the tab is hidden. */
export function showFavicon(hub: LiveHub, from: Document): void {
  let shown: StateName | null = null
  const link = from.querySelector<HTMLLinkElement>('link[rel~="icon"]') ?? from.createElement('link')
  link.rel = 'icon'
  from.head.append(link)

  function update(): void {
    const state = pageState(hub)
    if (state === shown) return
    shown = state
    const token = COLOURS[state] ?? state
    const drawing = SHAPES[state].replaceAll('COLOUR', colourOf(token, from.body))
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${drawing}</svg>`
    link.href = `data:image/svg+xml,${encodeURIComponent(svg)}`
  }

  hub.onAny(update)
  update()
}
