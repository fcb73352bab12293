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
  const { range, from, to, q, show, view } = query
  const { ref, isHeld } = useHold()
  const span = useSpan({ range, from, to }, isHeld)
  const { facts, lanes } = useAudit(`${scheduler} ${range} ${from} ${to}`, span, { scheduler, isHeld })
  const [bar, setBar] = useState<ChosenBar | null>(null)
  const asked = askedOf(query)
  const words = strings.audit

  function choose(head: LaneHead, item: LaneItem): void {
    setBar(item.kind === 'bin' ? { job: head.job, bin: item.bin } : null)
    if (item.kind === 'bin') setQuery({ job: head.job, at: '', run: '' })
    else if (item.mark.dueMs === null) setQuery({ job: head.job, at: '', run: item.mark.key })
    else setQuery({ job: head.job, at: new Date(item.mark.dueMs).toISOString(), run: '' })
  }

  function closer(fromMs: number, toMs: number): void {
    setBar(null)
    const own = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
    setQuery({ range: 'own', ...own, q: bar?.job ?? q }, { push: true })
  }

  function showLanes(data: AuditFacts) {
    const shown = filterLanes(data.lanes, { search: q, show })
    if (shown.length === 0) return <NoLanes isEmpty={data.lanes.length === 0} isSearched={q !== ''} />
    if (view === 'table') {
      return (
        <AuditTable
          lanes={shown}
          store={lanes}
          job={query.job}
          onJob={(job) => setQuery({ job, at: '', run: '' })}
          onChoose={choose}
        />
      )
    }
    return (
      <Picture
        lanes={shown}
        span={data.span}
        store={lanes}
        isChosen={(job, item) => isChosen(query, bar, { job, item })}
        onChoose={choose}
      />
    )
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
                {showLanes(data)}
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
        onClear={() => {
          setBar(null)
          setQuery({ job: '', at: '', run: '' })
        }}
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
