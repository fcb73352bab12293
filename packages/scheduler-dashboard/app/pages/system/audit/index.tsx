import './audit.css'

import { useState } from 'preact/hooks'

import { useHold } from '../../../data/use-hold.ts'
import { useQueryState } from '../../../data/use-query-state.ts'
import { useStatus } from '../../../live/use-status.ts'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { useSchedulerKey } from '../../../ui/go-to.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Account, NoLanes } from './account.tsx'
import { AuditAnswer, type ChosenBar } from './audit-answer.tsx'
import { AuditTable } from './audit-table.tsx'
import { AuditTools } from './audit-tools.tsx'
import type { LaneStore } from './lane-store.ts'
import type { AuditFacts } from './load-audit.ts'
import { Picture } from './picture.tsx'
import { AUDIT_QUERY } from './query.ts'
import { RangeChoice } from './range-choice.tsx'
import type { LaneItem } from './to-items.ts'
import { filterLanes, type LaneHead } from './to-lanes.ts'
import { useAudit } from './use-audit.ts'
import { useSpan } from './use-span.ts'
import type { Asked } from './why-panel.tsx'

/** The audit: every due time of a range, and what became of it, as a picture with an answer beside it. */
export function AuditSection() {
  const scheduler = useSchedulerKey()
  useTitle(strings.system.sections.audit)
  useStatus(scheduler, 'admin')
  const [query, setQuery] = useQueryState(AUDIT_QUERY)
  const { range, from, to, q } = query
  const { ref, isHeld } = useHold()
  const span = useSpan({ range, from, to }, isHeld)
  const { facts, lanes } = useAudit(`${scheduler} ${range} ${from} ${to}`, span, { scheduler, isHeld })
  const [bar, setBar] = useState<ChosenBar | null>(null)
  const asked = askedOf(query)
  const words = strings.audit

  function choose(head: LaneHead, item: LaneItem): void {
    setBar(item.kind === 'bin' ? { job: head.job, bin: item.bin } : null)
    setQuery(questionOf(head.job, item))
  }

  function clear(): void {
    setBar(null)
    setQuery({ job: '', at: '', run: '' })
  }

  function closer(fromMs: number, toMs: number): void {
    setBar(null)
    const own = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
    setQuery({ range: 'own', ...own, q: bar?.job ?? q }, { push: true })
  }

  return (
    <div class="audit-page">
      <h1 class="sr-only">{words.title}</h1>
      <Panel
        title={words.title}
        aside={<RangeChoice range={range} span={span} onRange={(change) => setQuery(change)} />}
      >
        <AuditTools />
        <div ref={ref}>
          <ResourceView resource={facts} rows={10}>
            {(data) => (
              <>
                <Account facts={data} />
                <Lanes facts={data} store={lanes} bar={bar} onChoose={choose} />
              </>
            )}
          </ResourceView>
        </div>
      </Panel>
      <AuditAnswer
        asked={asked}
        bar={bar}
        spanMs={span.toMs - span.fromMs}
        scheduler={scheduler}
        onCloser={closer}
        onClear={clear}
      />
    </div>
  )
}

function askedOf({ job, at, run }: { readonly job: string; readonly at: string; readonly run: string }): Asked | null {
  if (job === '') return null
  if (at !== '') return { job, at }
  return run === '' ? null : { job, run }
}

function isChosen(
  query: { readonly job: string; readonly at: string; readonly run: string },
  bar: ChosenBar | null,
  { job, item }: { readonly job: string; readonly item: LaneItem },
): boolean {
  if (job !== query.job) return false
  if (item.kind === 'bin') return bar?.bin.fromMs === item.bin.fromMs
  if (bar) return false
  return item.mark.dueMs === null ? item.key === query.run : item.mark.dueMs === Date.parse(query.at)
}

/** What the address asks about when an item is chosen; a bar stays out of it. */
function questionOf(job: string, item: LaneItem): { readonly job: string; readonly at: string; readonly run: string } {
  if (item.kind === 'bin') return { job, at: '', run: '' }
  const { dueMs, key } = item.mark
  return dueMs === null ? { job, at: '', run: key } : { job, at: new Date(dueMs).toISOString(), run: '' }
}

interface LanesProps {
  readonly facts: AuditFacts
  readonly store: LaneStore
  readonly bar: ChosenBar | null
  readonly onChoose: (head: LaneHead, item: LaneItem) => void
}

function Lanes({ facts, store, bar, onChoose }: LanesProps) {
  const [query, setQuery] = useQueryState(AUDIT_QUERY)
  const { q, show, view } = query
  const shown = filterLanes(facts.lanes, { search: q, show })
  if (shown.length === 0) return <NoLanes isEmpty={facts.lanes.length === 0} isSearched={q !== ''} />
  if (view === 'table') {
    const onJob = (job: string) => setQuery({ job, at: '', run: '' })
    return <AuditTable lanes={shown} store={store} job={query.job} onJob={onJob} onChoose={onChoose} />
  }
  return (
    <Picture
      lanes={shown}
      span={facts.span}
      store={store}
      isChosen={(job, item) => isChosen(query, bar, { job, item })}
      onChoose={onChoose}
    />
  )
}
