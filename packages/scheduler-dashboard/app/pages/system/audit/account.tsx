import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Shape } from '../../../ui/icons.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Legend } from './legend.tsx'
import type { AuditFacts } from './load-audit.ts'
import { verdictOf } from './verdict.ts'

/** Why no lane is shown, and what to do about it. */
export function NoLanes({ isEmpty, isSearched }: { readonly isEmpty: boolean; readonly isSearched: boolean }) {
  const { title, jobs, search, problems } = strings.audit.empty
  return <Empty title={title} text={isEmpty ? jobs : isSearched ? search : problems} />
}

/** The account of the range in a sentence, its limits, and the legend with its counts. */
export function Account({ facts }: { readonly facts: AuditFacts }) {
  const { state, text } = verdictOf(facts)
  const { due, limited } = strings.audit
  const expected = facts.lanes.reduce((sum, { audit }) => sum + audit.expected, 0)
  const limits = new Set(facts.lanes.flatMap(({ audit }) => audit.limited_by ?? []))
  return (
    <div class="stack">
      <div class="spread">
        <p class="verdict" data-state={state}>
          <Shape state={state} />
          {text}
        </p>
        <span class="muted">{due(formatNumber(expected), formatNumber(facts.lanes.length))}</span>
      </div>
      {[...limits].map((limit) => (
        <p key={limit} class="field-hint">
          {limited[limit]}
        </p>
      ))}
      <Legend counts={facts.counts} isComplete={facts.isComplete} />
    </div>
  )
}
