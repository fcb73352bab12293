import { useId, useRef, useState } from 'preact/hooks'

import { strings } from '../strings/index.ts'
import type { StateName } from './icons.tsx'

/** One run in a strip, or a due time without a run. */
export interface StripCell {
  readonly key: string
  readonly state: StateName
  /** What the cell says, such as `failed 14:03:07, 3 min 12 s`. */
  readonly label: string
  /** The bar's height; `null` for what has no duration. */
  readonly durationMs: number | null
  /** A due time at which nothing ran. */
  readonly isGap?: boolean
}

const LEAST_PERCENT = 20

/** Recent runs as bars, oldest first. One tab stop: arrows walk, Enter opens, and every cell speaks. */
export function Strip({
  subject,
  cells,
  onOpen,
  isTabStop = true,
}: {
  /** Whose runs these are. */
  readonly subject: string
  readonly cells: readonly StripCell[]
  readonly onOpen: (key: string) => void
  /** Whether Tab comes to it (default true). */
  readonly isTabStop?: boolean
}) {
  const id = useId()
  const [chosen, setChosen] = useState<string | null>(null)
  // Keys may come faster than renders.
  const latest = useRef(chosen)
  if (cells.length === 0) return <span class="muted">{strings.kit.strip.empty}</span>
  const at = placeOf(chosen)
  const longest = Math.max(1, ...cells.map(({ durationMs }) => durationMs ?? 0))

  function placeOf(key: string | null): number {
    const found = cells.findIndex((cell) => cell.key === key)
    return found === -1 ? cells.length - 1 : found
  }

  function choose(key: string | null): void {
    latest.current = key
    setChosen(key)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const from = placeOf(latest.current)
    const next = walk(event.key, from, cells.length)
    const cell = cells[next ?? from]
    if (next !== null) choose(cell?.key ?? null)
    else if (event.key === 'Enter' && cell) onOpen(cell.key)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function onClick(event: MouseEvent): void {
    const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined
    if (key === undefined) return
    event.stopPropagation()
    choose(key)
    onOpen(key)
  }

  return (
    <div
      class="strip"
      role="listbox"
      tabIndex={isTabStop ? 0 : -1}
      aria-orientation="horizontal"
      aria-label={strings.kit.strip.label(subject, cells.length)}
      aria-activedescendant={`${id}-${at}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {cells.map(({ key, state, label, durationMs, isGap }, index) => (
        <span
          key={key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          aria-label={label}
          title={label}
          data-key={key}
          data-state={state}
          data-gap={isGap || undefined}
          style={{ height: `${heightOf(durationMs, longest)}%` }}
        />
      ))}
    </div>
  )
}

/** By the root, so that one long run does not flatten the others. */
function heightOf(durationMs: number | null, longest: number): number {
  if (durationMs === null) return LEAST_PERCENT * 2
  return LEAST_PERCENT + (100 - LEAST_PERCENT) * Math.sqrt(durationMs / longest)
}

function walk(key: string, at: number, count: number): number | null {
  if (key === 'ArrowLeft') return Math.max(0, at - 1)
  if (key === 'ArrowRight') return Math.min(count - 1, at + 1)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
