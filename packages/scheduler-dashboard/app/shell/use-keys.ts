import { useLayoutEffect, useRef } from 'preact/hooks'

import { walkRows } from '../ui/walk-rows.ts'

export interface KeyActions {
  readonly help: () => void
  readonly pause: () => void
  /** After `g`: the page of this letter, if there is one. */
  readonly go: (letter: string) => void
}

/** A second key belongs to `g` for so long. */
const CHORD_MS = 1_200

/** The keys that work everywhere, except while something is typed and while a dialog is open. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions)
  latest.current = actions
  useLayoutEffect(() => {
    let chordUntil = 0
    function onKey(event: KeyboardEvent): void {
      if (isForOthers(event)) return
      const isChord = event.timeStamp < chordUntil
      chordUntil = event.key === 'g' && !isChord ? event.timeStamp + CHORD_MS : 0
      if (isChord) latest.current.go(event.key)
      else if (!act(event.key, latest.current)) return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function act(key: string, { help, pause }: KeyActions): boolean {
  if (key === '?') help()
  else if (key === 'p') pause()
  else if (key === '/') return focusSearch()
  else if (key === 'j' || key === 'k') return focusRow(key)
  else return false
  return true
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>('[data-search]')
  search?.focus()
  search?.select()
  return search !== null
}

/** Rows of plain tables: the focus goes to what opens the row. A virtual table walks by itself once it has the focus. */
function focusRow(key: string): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = rows[at === -1 ? 0 : (walkRows(key, at, rows.length) ?? 0)]
  if (!next) return false
  const target = next.matches('[tabindex]') ? next : next.querySelector<HTMLElement>('a, button, [tabindex="0"]')
  target?.focus()
  next.scrollIntoView({ block: 'nearest' })
  return true
}

/** What is typed, what a dialog is for, and the browser's own keys. */
function isForOthers(event: KeyboardEvent): boolean {
  const isTaken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey
  return isTaken || isTyping(event.target) || document.querySelector('dialog[open]') !== null
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select'))
  )
}
