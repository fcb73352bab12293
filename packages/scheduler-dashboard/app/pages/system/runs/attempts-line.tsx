import type { RunView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { Shape } from '../../../ui/icons.tsx'
import { stateOfRun } from '../../../ui/state-of.ts'
import { toAttempts } from './to-attempts.ts'

/** The tries of a run on a line: those that failed, the last one, and those that were left. */
export function AttemptsLine({ run, most }: { readonly run: RunView; readonly most: number | null }) {
  const { shown, hidden, left } = toAttempts(run, most)
  const words = strings.runs.attempts
  return (
    <ol class="attempts" aria-label={words.label}>
      {hidden > 0 && <li class="muted">{words.hidden(hidden)}</li>}
      {shown.map(({ number, isLast }) => {
        const state = isLast ? stateOfRun(run.state) : 'failed'
        return (
          <li key={number} data-state={state}>
            <Shape state={state} />
            {words.one(number, isLast ? strings.kit.words[run.state] : words.again)}
          </li>
        )
      })}
      {left > 0 && <li class="muted">{words.left(left)}</li>}
    </ol>
  )
}
