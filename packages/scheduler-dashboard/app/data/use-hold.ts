import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Whether the reader is at work inside an element: with the pointer, the focus, or a selection of text. */
export function useHold<E extends HTMLElement = HTMLDivElement>(): {
  readonly ref: RefObject<E>
  readonly isHeld: boolean
} {
  const ref = useRef<E>(null)
  const [isHeld, setHeld] = useState(false)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const update = () => setHeld(isAtWork(element))
    const later = () => queueMicrotask(update)
    const events = ['pointerenter', 'pointerleave', 'focusin', 'focusout'] as const
    for (const name of events) element.addEventListener(name, later)
    document.addEventListener('selectionchange', update)
    return () => {
      for (const name of events) element.removeEventListener(name, later)
      document.removeEventListener('selectionchange', update)
    }
  }, [])
  return { ref, isHeld }
}

function isAtWork(element: HTMLElement): boolean {
  const selection = document.getSelection()
  const isSelected = selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode)
  return isSelected || element.matches(':hover') || element.contains(document.activeElement)
}
