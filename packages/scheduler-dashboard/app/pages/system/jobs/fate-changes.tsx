import type { ForeseenDueTimeView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'
import { useFormatAt } from '../runs/use-format-at.ts'
import { toFate } from './to-fate.ts'

type DueTimes = readonly ForeseenDueTimeView[] | null

/** The next due times, each with what becomes of it before and after a command. */
export function FateChanges({ before, after }: { readonly before: DueTimes; readonly after: DueTimes }) {
  const formatAt = useFormatAt()
  if (before === null || after === null) return <p class="muted">{strings.kit.loading}</p>
  if (before.length === 0) return <p class="muted">{strings.job.next.none.text}</p>
  return (
    <ul class="fate-changes">
      {before.map((due, index) => (
        <li key={due.due_at}>
          <span>{formatAt(due.due_at)}</span>
          <Fate due={due} />
          <span aria-hidden="true">→</span>
          <Fate due={after[index] ?? due} />
        </li>
      ))}
    </ul>
  )
}

function Fate({ due }: { readonly due: ForeseenDueTimeView }) {
  const { state, words } = toFate(due)
  return <State state={state}>{words}</State>
}
