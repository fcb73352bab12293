import { useContext, useId, useMemo, useRef, useState } from 'preact/hooks'

import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { stateOfFeed } from '../../../ui/state-of.ts'
import { AsOfContext } from '../as-of-context.ts'
import { keyOfFeed, latenessOf, wordOfFeed } from '../feed.ts'
import { formatCoarse } from '../format-coarse.ts'
import { cellAt, type GridLayout, placeOf, walkGrid } from './grid-layout.ts'
import type { FeedCell } from './use-all-feeds.ts'
import { useCanvas } from './use-canvas.ts'

interface FeedGridProps {
  readonly feeds: readonly FeedCell[]
  /** How many there are in all; while none has come, their place is kept. */
  readonly total: number
  readonly onOpen: (feed: FeedCell) => void
}

/**
 * Thousands of feeds as one picture, the latest first. The cells are drawn on a canvas; the one that is chosen is in the
 * document, where it speaks. One tab stop: arrows walk, Enter opens.
 */
export function FeedGrid({ feeds, total, onOpen }: FeedGridProps) {
  const id = useId()
  const { nowMs } = useContext(AsOfContext)
  const states = useMemo(() => feeds.map(({ status }) => stateOfFeed(status)), [feeds])
  const { place, canvas, layout } = useCanvas(states, feeds.length === 0 ? total : 0)
  const [isPointed, setPointed] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const { at, latest, choose, walkTo } = useChoice(place, layout)
  const chosen = Math.min(at, feeds.length - 1)
  const feed = feeds[chosen]
  const words = strings.marketData.grid
  const label = feed ? sayFeed(feed, nowMs) : ''

  function onKeyDown(event: KeyboardEvent): void {
    const from = Math.min(latest.current, feeds.length - 1)
    const next = walkGrid(event.key, from, layout)
    const open = feeds[from]
    if (next !== null) walkTo(next)
    else if (event.key === 'Enter' && open) onOpen(open)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function pointed({ clientX, clientY }: MouseEvent): number | null {
    const box = canvas.current?.getBoundingClientRect()
    return box ? cellAt(layout, clientX - box.left, clientY - box.top) : null
  }

  return (
    <div class="stack">
      <div
        ref={place}
        class="feed-grid"
        role="listbox"
        tabIndex={0}
        aria-label={words.label(formatNumber(feeds.length))}
        aria-activedescendant={feed && `${id}-${chosen}`}
        aria-busy={feeds.length === 0}
        data-pointed={isPointed || undefined}
        onKeyDown={onKeyDown}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
        onPointerMove={(event) => {
          const index = pointed(event)
          setPointed(index !== null)
          if (index !== null && index !== latest.current) choose(index)
        }}
        onPointerLeave={() => setPointed(false)}
        onClick={(event) => {
          const index = pointed(event)
          const open = index === null ? undefined : feeds[index]
          if (index === null || !open) return
          choose(index)
          onOpen(open)
        }}
      >
        <canvas ref={canvas} />
        {feed && (
          <ChosenCell
            key={keyOfFeed(feed)}
            id={`${id}-${chosen}`}
            label={label}
            index={chosen}
            of={feeds.length}
            layout={layout}
          />
        )}
      </div>
      <p class="feed-grid-foot muted" aria-hidden="true">
        {isPointed || hasFocus ? label : words.hint}
        {feeds.length > 0 && total > feeds.length && ` ${words.part(formatNumber(feeds.length), formatNumber(total))}`}
      </p>
    </div>
  )
}

/** Which cell is chosen. Walking to one brings it into view. */
function useChoice(place: { readonly current: HTMLElement | null }, layout: GridLayout) {
  const [at, setAt] = useState(0)
  // Keys may come faster than renders.
  const latest = useRef(at)

  function choose(index: number): void {
    latest.current = index
    setAt(index)
  }

  function walkTo(index: number): void {
    choose(index)
    const { current } = place
    if (!current) return
    const { y } = placeOf(layout, index)
    if (y < current.scrollTop) current.scrollTop = y
    else if (y + layout.pitch > current.scrollTop + current.clientHeight)
      current.scrollTop = y + layout.pitch - current.clientHeight
  }

  return { at, latest, choose, walkTo }
}

/** The cell that is chosen, in the document: the ring around it, and what it says. */
function ChosenCell({
  id,
  label,
  index,
  of,
  layout,
}: {
  readonly id: string
  readonly label: string
  readonly index: number
  readonly of: number
  readonly layout: GridLayout
}) {
  const { x, y } = placeOf(layout, index)
  const inset = (layout.pitch - layout.size) / 2 - 1
  const size = layout.size + 2
  return (
    <span
      id={id}
      class="feed-grid-cell"
      role="option"
      tabIndex={-1}
      aria-selected="true"
      aria-posinset={index + 1}
      aria-setsize={of}
      aria-label={label}
      style={{ left: x + inset, top: y + inset, width: size, height: size }}
    />
  )
}

function sayFeed(feed: FeedCell, nowMs: number): string {
  const words = strings.marketData.grid
  const lateness = latenessOf(feed, nowMs)
  const text = words.cell(feed.provider, feed.feed, wordOfFeed(feed))
  return lateness === null ? text : `${text}${words.lateBy(formatCoarse(lateness))}`
}
