import { strings } from '../strings/index.ts'
import { Dialog } from '../ui/dialog.tsx'
import type { StateName } from '../ui/icons.tsx'
import { State } from '../ui/state.tsx'

const STATES: readonly StateName[] = [
  'ok',
  'running',
  'waiting',
  'late',
  'failed',
  'interrupted',
  'paused',
  'skipped',
  'unknown',
]

/** The keys, and what the signs mean. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const words = strings.shell.help
  return (
    <Dialog title={words.title} onClose={onClose}>
      <dl class="key-values">
        {words.keys.map(([key, what]) => [
          <dt key={key}>
            <kbd>{key}</kbd>
          </dt>,
          <dd key={what}>{what}</dd>,
        ])}
      </dl>
      <h3>{words.states}</h3>
      <p class="cluster wide">
        {STATES.map((state) => (
          <State key={state} state={state} />
        ))}
      </p>
      <p class="muted">{words.times}</p>
      <div class="dialog-actions">
        <button type="button" class="button" data-focus-first onClick={onClose}>
          {words.close}
        </button>
      </div>
    </Dialog>
  )
}
