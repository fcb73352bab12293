import type { RunView } from '@pm/scheduler-core/contract/v2'
import { useId } from 'preact/hooks'

import { beganAt } from '../../../data/began-at.ts'
import { formatDuration } from '../../../format/durations.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Panel } from '../../../ui/panel.tsx'
import { Time } from '../../../ui/time.tsx'
import { toRemaining } from './to-remaining.ts'

/** How far the handler says that it has come. */
export function RunProgress({
  run,
  progress,
}: {
  readonly run: RunView
  readonly progress: NonNullable<RunView['progress']>
}) {
  const id = useId()
  const words = strings.runs.progress
  const { done, total, at } = progress
  const share = total > 0 ? (100 * done) / total : null
  const remainingMs = run.state === 'running' ? toRemaining(progress, beganAt(run)) : null
  return (
    <Panel title={words.title}>
      <progress class="progress" aria-labelledby={id} max={total} value={done} />
      <p id={id} class="cluster wide">
        <strong>{formatPercent(share)}</strong>
        <span>{words.of(formatNumber(done), formatNumber(total))}</span>
        <span class="muted">
          {words.asOf} <Time at={at} />
        </span>
        {remainingMs !== null && <span class="muted">{words.remaining(formatDuration(remainingMs))}</span>}
      </p>
    </Panel>
  )
}
