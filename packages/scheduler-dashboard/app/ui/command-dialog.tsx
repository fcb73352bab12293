import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'

import type { CommandOutcome } from '../data/follow-command.ts'
import { strings } from '../strings/index.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface CommandDialogProps<R> {
  readonly title: string
  /** What the button says, such as `Pause poll`. */
  readonly confirm: string
  /** What hurts has its focus on Cancel. */
  readonly hurts?: boolean
  /** A reason is asked for, and needed unless `optional` (default `needed`). */
  readonly reason?: 'needed' | 'optional'
  /** The reason that stands there first (default none). */
  readonly proposedReason?: string
  /** What the command does, such as the next due times before and after. */
  readonly effect?: ComponentChildren
  /** Further fields. */
  readonly children?: ComponentChildren
  /** Why it cannot be sent yet, such as a field that is not valid. */
  readonly problem?: string | null
  /** Sends it; the dialog closes when it is accepted, and shows why when it is refused. */
  readonly onConfirm: (why: string) => Promise<CommandOutcome<R>>
  readonly onClose: () => void
}

/** Asks before a command: with a reason for the log and what it does. It closes after the server has accepted. */
export function CommandDialog<R>(props: CommandDialogProps<R>) {
  const { title, confirm, hurts = false, reason = 'needed', effect, children, problem, onConfirm, onClose } = props
  const id = useId()
  const words = strings.kit.command
  const [why, setWhy] = useState(props.proposedReason ?? '')
  const [error, setError] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (isSending) return
    const missing = reason === 'needed' && why.trim() === '' ? words.reasonMissing : null
    const obstacle = missing ?? problem ?? null
    setError(obstacle)
    if (obstacle !== null) return
    setSending(true)
    const outcome = await onConfirm(why.trim())
    setSending(false)
    if (outcome.kind === 'accepted') onClose()
    else setError(outcome.failure.text)
  }

  return (
    <Dialog title={title} onClose={onClose} isLocked={isSending}>
      <form class="stack" style={{ padding: 0 }} onSubmit={(event) => void send(event)} noValidate>
        {effect && (
          <section class="effect" aria-label={words.effect}>
            {effect}
          </section>
        )}
        {children}
        <div class="field">
          <label for={id}>{words.reason}</label>
          <textarea
            id={id}
            class="input"
            maxLength={500}
            value={why}
            data-focus-first={!hurts || undefined}
            required={reason === 'needed'}
            aria-invalid={error === words.reasonMissing}
            aria-describedby={`${id}-hint`}
            onInput={({ currentTarget }) => setWhy(currentTarget.value)}
          />
          <span id={`${id}-hint`} class="field-hint">
            {words.reasonHint}
          </span>
        </div>
        {error !== null && (
          <p class="dialog-error" role="alert">
            {error}
          </p>
        )}
        <div class="dialog-actions">
          <button
            type="button"
            class="button"
            data-focus-first={hurts || undefined}
            aria-disabled={isSending || undefined}
            onClick={() => !isSending && onClose()}
          >
            {strings.kit.cancel}
          </button>
          <Button type="submit" tone={hurts ? 'hurts' : 'primary'}>
            {isSending ? words.sending : confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
