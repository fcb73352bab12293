import type { ExplanationView } from '@pm/scheduler-core/contract/v2'

import type { StateName } from '../../../ui/icons.tsx'
import { stateOfEntry } from '../../../ui/state-of.ts'
import { toFate } from '../jobs/to-fate.ts'

/** An explanation as it is shown. */
export interface AnswerView {
  readonly state: StateName
  /** The server's sentence, with its instants in the reader's zone. */
  readonly text: string
  /** The entry of the ledger that it is about. */
  readonly entry: string | null
  /** Runs that made up for it. */
  readonly later: readonly string[]
  readonly previous: string | null
  readonly next: string | null
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

export function toAnswer(explanation: ExplanationView, formatAt: (at: string) => string): AnswerView {
  const base = {
    state: stateOf(explanation),
    text: explanation.text.replace(INSTANT, formatAt),
    entry: null,
    later: [],
    previous: null,
    next: null,
  }
  if (explanation.kind === 'not-due')
    return { ...base, previous: explanation.previous_due_at, next: explanation.next_due_at }
  if (explanation.kind !== 'recorded') return base
  return { ...base, entry: explanation.entry.id, later: explanation.later.map(({ id }) => id) }
}

function stateOf(explanation: ExplanationView): StateName {
  if (explanation.kind === 'recorded') return stateOfEntry(explanation.entry)
  if (explanation.kind === 'foreseen') return toFate(explanation.foreseen).state
  if (explanation.kind === 'unknown') return explanation.reason === 'unexplained' ? 'failed' : 'unknown'
  return explanation.kind === 'pending' ? 'running' : 'skipped'
}
