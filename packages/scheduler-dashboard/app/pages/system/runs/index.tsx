import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { useLocation } from 'wouter-preact'

import { useApp } from '../../../app-context.ts'
import { useHeldRows } from '../../../data/use-held-rows.ts'
import { useHold } from '../../../data/use-hold.ts'
import { usePages } from '../../../data/use-pages.ts'
import { useStatus } from '../../../live/use-status.ts'
import { routes } from '../../../routes.ts'
import { TokenSearch, useTokenSearch } from '../../../search/token-search.tsx'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { useSchedulerKey, useTo } from '../../../ui/go-to.tsx'
import { hasQueue } from '../../../ui/has-queue.ts'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { VirtualTable } from '../../../ui/virtual-table.tsx'
import { NoRuns } from './no-runs.tsx'
import { runColumns } from './run-columns.tsx'
import { RunStateFilters } from './run-state-filters.tsx'
import { RUN_KEYS, toRunsQuery } from './runs-query.ts'
import '../system.css'

const PAGE = 100
const keyOf = ({ id }: LedgerEntryView) => id
const COLUMNS = runColumns({ withJob: true })

/** `/system/runs`: the ledger, latest first. */
export function RunsSection() {
  const { clock } = useApp()
  const scheduler = useSchedulerKey()
  const [, navigate] = useLocation()
  const to = useTo()
  const search = useTokenSearch(RUN_KEYS)
  const { ref, isHeld } = useHold()
  const words = strings.runs
  useTitle(words.title)
  const { status } = useStatus(scheduler, 'admin')
  const { query, problem } = toRunsQuery(search, clock.now())
  const { values, text } = search
  const key = `runs ${JSON.stringify({ values, text, problem })}`
  const list = usePages(
    key,
    ({ admin }, cursor) => {
      if (problem !== null) throw new Error(problem)
      return admin.runs({ limit: PAGE, ...query, ...(cursor !== undefined && { cursor }) })
    },
    { scheduler, refreshOn: { view: 'admin' }, keyOf },
  )
  const held = useHeldRows(list.rows, { key, isHeld, keyOf })
  const view = { ...list, waiting: held.waiting, showWaiting: held.showWaiting }
  const isFiltered = text !== '' || Object.keys(values).length > 0
  return (
    <>
      <h1 class="sr-only">{words.title}</h1>
      <section class="panel" aria-label={words.title}>
        <h2 class="sr-only">{words.list}</h2>
        <TokenSearch keys={RUN_KEYS} label={words.search} />
        <RunStateFilters search={search} hasQueue={status !== null && hasQueue(status)} />
        {(query.from ?? query.to) !== undefined && <p class="muted">{words.rangeNote}</p>}
        <div ref={ref}>
          <ResourceView resource={view} rows={10}>
            {() =>
              held.rows.length === 0 ? (
                <NoRuns isFiltered={isFiltered} />
              ) : (
                <VirtualTable
                  label={words.list}
                  columns={COLUMNS}
                  rows={held.rows}
                  keyOf={keyOf}
                  total={list.total}
                  onEnd={list.loadMore}
                  onVisible={list.onVisible}
                  onOpen={({ id }) => navigate(to(routes.run(id)))}
                  height="max(16rem, calc(100dvh - 20.5rem))"
                  minWidth="78rem"
                />
              )
            }
          </ResourceView>
        </div>
      </section>
    </>
  )
}
