import type { RunDetail } from '../../../data/api.ts'

import { strings } from '../../../strings/index.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ErrorCauses } from './error-causes.tsx'
import { ErrorCodes } from './error-codes.tsx'

/** Why a run failed, as text and nothing else. */
export function RunError({ run, error }: { readonly run: RunDetail; readonly error: NonNullable<RunDetail['error']> }) {
  const { message, causes } = error
  const words = strings.runs.error
  const whole = () =>
    JSON.stringify({ job: run.job, run: run.id, started_at: run.started_at, error, stack: run.error_stack }, null, 2)
  return (
    <Panel
      title={run.state === 'running' ? words.lastTry : words.title}
      aside={<CopyButton text={whole} label={words.copy} />}
    >
      <div class="run-error">
        <p class="cluster">
          <ErrorCodes error={error} />
        </p>
        <pre>{message}</pre>
        {run.error_stack !== null && (
          <details>
            <summary>{words.stack}</summary>
            <pre>{run.error_stack}</pre>
          </details>
        )}
        {causes.length > 0 && <ErrorCauses causes={causes} />}
      </div>
    </Panel>
  )
}
