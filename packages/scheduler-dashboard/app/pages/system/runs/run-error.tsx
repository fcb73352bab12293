import type { RunView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Panel } from '../../../ui/panel.tsx'

/** Why a run failed, as text and nothing else. */
export function RunError({ run, error }: { readonly run: RunView; readonly error: NonNullable<RunView['error']> }) {
  const { code, name, message } = error
  const words = strings.runs.error
  const whole = () => JSON.stringify({ job: run.job, run: run.id, started_at: run.started_at, error }, null, 2)
  return (
    <Panel title={words.title} aside={<CopyButton text={whole} label={words.copy} />}>
      <div class="run-error">
        <p class="cluster">
          <code>{code}</code>
          <span class="muted anywhere">{name}</span>
        </p>
        <pre>{message}</pre>
      </div>
    </Panel>
  )
}
