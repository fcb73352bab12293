import type { JobView, LogEntryView } from '@pm/scheduler-core/contract/v2'

import { useResource } from '../../../data/use-resource.ts'
import { concernsJob } from '../../../live/changed.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Table } from '../../../ui/table.tsx'
import { Time } from '../../../ui/time.tsx'
import { toChanges } from './to-changes.ts'

const ROWS = 20

/** Who asked what of the job, when and why. */
export function JobLog({ job: { name }, scheduler }: { readonly job: JobView; readonly scheduler: string }) {
  const words = strings.job.log
  const log = useResource(`log of ${name}`, ({ admin }) => admin.log({ job: name, limit: ROWS }), {
    scheduler,
    refreshOn: { view: 'admin', matches: (changed) => concernsJob(changed, name) },
  })
  return (
    <Panel title={words.title}>
      <ResourceView resource={log} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty {...words.none} />
          ) : (
            <Table label={strings.job.table(words.title, name)} columns={COLUMNS} rows={items} keyOf={({ id }) => id} />
          )
        }
      </ResourceView>
    </Panel>
  )
}

const words = strings.job.log
const COLUMNS: readonly Column<LogEntryView>[] = [
  { id: 'at', title: words.at, cell: ({ at }) => <Time at={at} as="absolute" /> },
  { id: 'who', title: words.who, cell: ({ by }) => <span class="anywhere">{by}</span> },
  { id: 'what', title: words.what, cell: (entry) => <What entry={entry} /> },
  { id: 'why', title: words.why, cell: ({ why }) => <span class="anywhere">{why ?? strings.kit.none}</span> },
]

function What({ entry }: { readonly entry: LogEntryView }) {
  const { kind, run_id, until } = entry
  return (
    <span class="cluster">
      {words.kinds[kind]}
      {until !== null && <Time at={until} as="absolute" />}
      {toChanges(entry).map((change) => (
        <span key={change} class="anywhere">
          {change}
        </span>
      ))}
      {run_id !== null && <GoTo to={routes.run(run_id)}>{words.run}</GoTo>}
    </span>
  )
}
