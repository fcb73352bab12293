import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'

import { placeBeside } from './place-beside.ts'

/** The pointer passes over many things: only where it rests, something opens. */
const REST_MS = 250

export interface PopoverProps {
  /** What is always there. */
  readonly children: ComponentChildren
  /** What opens on hover, focus and tap; made only then. */
  readonly content: () => ComponentChildren
  readonly class: string
  readonly size?: string
  readonly tone?: string
  /** Whether Tab comes to it (default true). */
  readonly isTabStop?: boolean
}

/** A button that explains itself: with the pointer at rest on it, with the focus, or with a tap. Esc closes. */
export function Popover({ children, content, class: name, size, tone, isTabStop = true }: PopoverProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const popover = useRef<HTMLDivElement>(null)
  const timer = useRef<number | undefined>(undefined)
  const [isOpen, setOpen] = useState(false)

  useLayoutEffect(() => {
    const { current } = popover
    if (!isOpen || !current || !button.current) return
    current.showPopover()
    placeBeside(current, button.current)
    const anchor = button.current
    const observer = new ResizeObserver(() => placeBeside(current, anchor))
    observer.observe(current)
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false)
    const close = () => setOpen(false)
    document.addEventListener('keydown', onKey)
    window.addEventListener('scroll', close, { capture: true, passive: true })
    return () => {
      observer.disconnect()
      document.removeEventListener('keydown', onKey)
      window.removeEventListener('scroll', close, { capture: true })
    }
  }, [isOpen])
  useLayoutEffect(() => () => window.clearTimeout(timer.current), [])

  function after(ms: number, next: boolean): void {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setOpen(next), ms)
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={name}
        data-size={size}
        data-tone={tone}
        tabIndex={isTabStop ? undefined : -1}
        aria-describedby={isOpen ? id : undefined}
        onPointerEnter={() => after(REST_MS, true)}
        onPointerLeave={() => after(REST_MS, false)}
        onFocus={() => button.current?.matches(':focus-visible') && after(0, true)}
        onBlur={() => after(0, false)}
        onClick={() => after(0, true)}
      >
        {children}
      </button>
      {isOpen && (
        <div
          ref={popover}
          id={id}
          popover="manual"
          role="tooltip"
          class="popover"
          onPointerEnter={() => after(0, true)}
          onPointerLeave={() => after(REST_MS, false)}
        >
          {content()}
        </div>
      )}
    </>
  )
}
