import type { JobView } from '@pm/scheduler-core/contract/v2'

import { useHeldRows } from '../../../data/use-held-rows.ts'
import { useHold } from '../../../data/use-hold.ts'
import { useResource } from '../../../data/use-resource.ts'
import { concernsJob } from '../../../live/changed.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Table } from '../../../ui/table.tsx'
import { runColumns } from '../runs/run-columns.tsx'
import { RunsStrip } from '../runs/runs-strip.tsx'

const BARS = 60
const ROWS = 6

/** The latest runs: as a strip, and the last of them as rows. */
export function JobRuns({ job: { name }, scheduler }: { readonly job: JobView; readonly scheduler: string }) {
  const words = strings.job
  const { ref, isHeld } = useHold()
  const runs = useResource(`runs of ${name}`, ({ admin }) => admin.runs({ job: name, limit: BARS }), {
    scheduler,
    refreshOn: { view: 'admin', matches: (changed) => concernsJob(changed, name) },
  })
  const latest = runs.data?.items.slice(0, ROWS) ?? []
  const held = useHeldRows(latest, { key: name, isHeld, keyOf: ({ id }) => id })
  const view = { ...runs, waiting: held.waiting, showWaiting: held.showWaiting }
  return (
    <Panel title={words.runs.title} aside={<GoTo to={routes.runs({ job: name })}>{words.strip.all}</GoTo>}>
      <div ref={ref}>
        <ResourceView resource={view} rows={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty {...words.runs.none} />
            ) : (
              <>
                <div class="strip-large" title={words.strip.hint}>
                  <RunsStrip job={name} entries={items} />
                </div>
                <Table
                  label={words.table(words.runs.title, name)}
                  columns={runColumns({ withJob: false })}
                  rows={held.rows.slice(0, ROWS)}
                  keyOf={({ id }) => id}
                />
              </>
            )
          }
        </ResourceView>
      </div>
    </Panel>
  )
}
