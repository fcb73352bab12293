import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { useLocation } from 'wouter-preact'

import { useHold } from '../../../data/use-hold.ts'
import { usePages } from '../../../data/use-pages.ts'
import { formatDuration } from '../../../format/durations.ts'
import { useStatus } from '../../../live/use-status.ts'
import { routes } from '../../../routes.ts'
import { TokenSearch, useTokenSearch } from '../../../search/token-search.tsx'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { useSchedulerKey, useTo } from '../../../ui/go-to.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { State } from '../../../ui/state.tsx'
import { stateOfRun } from '../../../ui/state-of.ts'
import { Time } from '../../../ui/time.tsx'
import { VirtualTable } from '../../../ui/virtual-table.tsx'

const KEYS = {
  job: 'text',
  state: ['running', 'succeeded', 'failed', 'timed_out', 'orphaned', 'cancelled', 'skipped', 'missed', 'suppressed'],
} as const

/** `/system/runs`: the ledger, latest first. */
export function RunsSection() {
  useTitle(strings.system.sections.runs)
  return (
    <>
      <h1>{strings.system.sections.runs}</h1>
      <Runs />
    </>
  )
}

function Runs() {
  const scheduler = useSchedulerKey()
  const [, navigate] = useLocation()
  const to = useTo()
  useStatus(scheduler, 'admin')
  const { values } = useTokenSearch(KEYS)
  const { ref, isHeld } = useHold()
  const list = usePages(
    `runs ${JSON.stringify(values)}`,
    (api, cursor) => api.admin.runs({ limit: 100, ...values, ...(cursor !== undefined && { cursor }) }),
    { scheduler, refreshOn: { view: 'admin' }, isHeld, keyOf: ({ id }) => id },
  )
  return (
    <Panel title="Runs" aside={<TokenSearch keys={KEYS} />}>
      <div ref={ref}>
        <ResourceView resource={list}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty text="No run matches." />
            ) : (
              <VirtualTable
                label="Runs"
                columns={COLUMNS}
                rows={rows}
                keyOf={({ id }) => id}
                total={list.total}
                onEnd={list.loadMore}
                onVisible={list.onVisible}
                onOpen={({ id }) => navigate(to(routes.run(id)))}
              />
            )
          }
        </ResourceView>
      </div>
    </Panel>
  )
}

const COLUMNS: readonly Column<LedgerEntryView>[] = [
  { id: 'job', title: 'Job', width: 'minmax(10rem, 2fr)', cell: ({ job }) => job },
  {
    id: 'state',
    title: 'State',
    cell: ({ state }) => <State state={stateOfRun(state)}>{strings.kit.words[state]}</State>,
  },
  { id: 'due', title: 'Due', cell: (entry) => <Time at={entry.scheduled_for} as="absolute" isPlain /> },
  {
    id: 'duration',
    title: 'Duration',
    align: 'end',
    cell: (entry) => (entry.kind === 'run' ? formatDuration(entry.duration_ms) : strings.kit.none),
  },
]
