import { useId, useState } from 'preact/hooks'

import { useCommand } from '../../../data/use-command.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'

export interface ConcurrencyDialogProps {
  readonly kind: 'edit' | 'undo'
  /** In effect now; `null` is no limit. */
  readonly present: number | null
  /** The configuration that the change is based on. */
  readonly version: number
  readonly scheduler: string
  /** The configuration was changed meanwhile. */
  readonly onConflict: () => void
  readonly onClose: () => void
}

const words = strings.resources.settings

/** Changes how many runs go at a time, or sets it back; based on the configuration that the reader has seen. */
export function ConcurrencyDialog({ kind, present, version, scheduler, onConflict, onClose }: ConcurrencyDialogProps) {
  const id = useId()
  const command = useCommand(scheduler)
  const [typed, setTyped] = useState(present === null ? '' : String(present))
  const wanted = kind === 'undo' ? null : wholeOf(typed)
  const problem = kind === 'undo' ? null : problemOf(wanted, present)
  const shown = present === null ? words.unlimited : formatNumber(present)

  async function send(why: string) {
    const outcome = await command({
      title: words.command,
      send: (api, call) => api.admin.configure({ concurrency: wanted, why }, { ...call, ifMatch: `"${version}"` }),
      isApplied: async ({ result, api }) => {
        const { concurrency, version: now } = await api.admin.config()
        return now >= result.control.version && concurrency === wanted
      },
    })
    if (outcome.kind === 'refused' && outcome.failure.code === 'PRECONDITION_FAILED') {
      onConflict()
      return { ...outcome, failure: { ...outcome.failure, text: words.conflict } }
    }
    return outcome
  }

  return (
    <CommandDialog
      title={kind === 'edit' ? words.editTitle : words.undoTitle}
      confirm={kind === 'edit' ? words.confirm : words.undo}
      problem={problem}
      effect={kind === 'undo' ? words.undoEffect(shown) : wanted !== null && words.effect(shown, formatNumber(wanted))}
      onConfirm={send}
      onClose={onClose}
    >
      {kind === 'edit' && (
        <div class="field">
          <label for={id}>{words.field}</label>
          <input
            id={id}
            class="input"
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            aria-invalid={wanted === null || undefined}
            aria-describedby={`${id}-hint`}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <span id={`${id}-hint`} class={wanted === null ? 'field-error' : 'field-hint'}>
            {wanted === null ? words.invalid : words.fieldHint}
          </span>
        </div>
      )}
    </CommandDialog>
  )
}

function wholeOf(text: string): number | null {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0
  return value >= 1 ? value : null
}

function problemOf(wanted: number | null, present: number | null): string | null {
  if (wanted === null) return words.invalid
  return wanted === present ? words.same : null
}
