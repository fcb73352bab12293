import type { JobListView, JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useHeldRows } from '../../../data/use-held-rows.ts'
import { useHold } from '../../../data/use-hold.ts'
import { usePages } from '../../../data/use-pages.ts'
import { useQueryState } from '../../../data/use-query-state.ts'
import { useStatus } from '../../../live/use-status.ts'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { useSchedulerKey } from '../../../ui/go-to.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { AboutFilters } from './about-filters.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { toJobFilter } from './filter-command.ts'
import { JobsTable } from './jobs-table.tsx'
import { LIST_COLUMNS, LIST_FIELDS, toOrder } from './list-query.ts'
import { NoJobs } from './no-jobs.tsx'
import { useSelection } from './selection.ts'
import { StateFilters } from './state-filters.tsx'
import '../system.css'

const PAGE = 60
const keyOf = ({ name }: JobView) => name

/** `/system`: every job, worst first. */
export function JobsSection() {
  const { config } = useApp()
  const scheduler = useSchedulerKey()
  const [query, setQuery] = useQueryState(LIST_FIELDS)
  const [counts, setCounts] = useState<JobListView['counts'] | null>(null)
  const selection = useSelection()
  const { ref, isHeld } = useHold()
  useTitle(strings.jobs.title)
  useStatus(scheduler, 'admin')
  const { q, tag, owner, state, order } = query
  const key = `jobs ${JSON.stringify(query)}`
  const list = usePages(
    key,
    async ({ admin }, cursor) => {
      const page = await admin.jobs({
        limit: PAGE,
        window: 'recent',
        fields: LIST_COLUMNS,
        order,
        ...(q !== '' && { search: q }),
        ...(tag !== '' && { tag }),
        ...(owner !== '' && { owner }),
        ...(state.length > 0 && { state: state.join(',') }),
        ...(cursor !== undefined && { cursor }),
      })
      setCounts(page.counts)
      return page
    },
    { scheduler, refreshOn: { view: 'admin' }, keyOf },
  )
  const held = useHeldRows(list.rows, { key, isHeld, keyOf })
  const view = { ...list, waiting: held.waiting, showWaiting: held.showWaiting }
  const canCommand = config.may.control
  return (
    <>
      <h1 class="sr-only">{strings.jobs.title}</h1>
      <section class="panel" aria-label={strings.jobs.title}>
        <h2 class="sr-only">{strings.jobs.list}</h2>
        <div class="cluster">
          <SearchField label={strings.jobs.search} value={q} onSearch={(typed) => setQuery({ q: typed })} />
          <AboutFilters tag={tag} owner={owner} onChange={setQuery} />
          <StateFilters counts={counts} chosen={state} onChange={(next) => setQuery({ state: next })} />
        </div>
        {canCommand && (
          <BulkBar
            scheduler={scheduler}
            selection={selection}
            shown={held.rows}
            // A command by a filter knows no states: with one, jobs are selected.
            filter={state.length === 0 ? toJobFilter(query) : null}
          />
        )}
        <div ref={ref}>
          <ResourceView resource={view} rows={10}>
            {() =>
              held.rows.length === 0 ? (
                <NoJobs
                  isFiltered={[q, tag, owner, ...state].some((one) => one !== '')}
                  onReset={() => setQuery({ q: '', tag: '', owner: '', state: [] })}
                />
              ) : (
                <JobsTable
                  {...{ scheduler, list, order }}
                  rows={held.rows}
                  selection={canCommand ? selection : null}
                  onOrder={(word) => setQuery({ order: toOrder(word) })}
                />
              )
            }
          </ResourceView>
        </div>
      </section>
    </>
  )
}
