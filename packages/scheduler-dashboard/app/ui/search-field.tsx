import { useLayoutEffect, useRef, useState } from 'preact/hooks'

import { strings } from '../strings/index.ts'

const TYPING_MS = 200

/** A search; `/` goes to it. It tells of what was typed once the typing rests, and at once on Enter. */
export function SearchField({
  label = strings.kit.search,
  value,
  onSearch,
  describedBy,
  isInvalid,
  isMain = true,
}: {
  readonly label?: string
  readonly value: string
  readonly onSearch: (value: string) => void
  readonly describedBy?: string
  readonly isInvalid?: boolean
  /** Whether `/` goes to it (default true). */
  readonly isMain?: boolean
}) {
  const [typed, setTyped] = useState(value)
  const timer = useRef<number | undefined>(undefined)
  useLayoutEffect(() => {
    if (timer.current === undefined) setTyped(value)
  }, [value])
  useLayoutEffect(() => () => window.clearTimeout(timer.current), [])

  function search(text: string, afterMs: number): void {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      timer.current = undefined
      onSearch(text)
    }, afterMs)
  }

  return (
    <div class="search">
      <input
        class="input"
        type="search"
        data-search={isMain || undefined}
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts={isMain ? '/' : undefined}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        autoComplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value)
          search(currentTarget.value, TYPING_MS)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(event.currentTarget.value, 0)
          if (event.key === 'Escape' && typed === '') event.currentTarget.blur()
        }}
      />
      {isMain && typed === '' && <kbd>/</kbd>}
    </div>
  )
}
