import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'

export interface DialogProps {
  readonly title: string
  /** Called when the reader closes it; not while it is locked. */
  readonly onClose: () => void
  /** While a command is under way nothing closes it. */
  readonly isLocked?: boolean
  readonly children: ComponentChildren
}

/** A native modal dialog, shown while it is rendered. The focus goes to `[data-focus-first]`, and
 * back where it was at the end. */
export function Dialog({ title, onClose, isLocked = false, children }: DialogProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  const locked = useRef(isLocked)
  locked.current = isLocked

  useLayoutEffect(() => {
    const { current } = dialog
    if (!current) return
    const before = document.activeElement
    current.showModal()
    current.querySelector<HTMLElement>('[data-focus-first]')?.focus()
    const onCancel = (event: Event) => {
      event.preventDefault()
      if (!locked.current) close.current()
    }
    // An Esc that was refused once is not refused a second time, so the browser may close it by itself.
    const onClosed = () => (locked.current ? current.showModal() : close.current())
    current.addEventListener('cancel', onCancel)
    current.addEventListener('close', onClosed)
    return () => {
      current.removeEventListener('close', onClosed)
      current.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} aria-busy={isLocked}>
      <div class="dialog-body">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
