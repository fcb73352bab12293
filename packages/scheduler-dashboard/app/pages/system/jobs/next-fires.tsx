import type { ForeseenDueTimeView, JobView } from '@pm/scheduler-core/contract/v2'

import { useResource } from '../../../data/use-resource.ts'
import { formatFull, toMs } from '../../../format/instants.ts'
import { concernsJob } from '../../../live/changed.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { State } from '../../../ui/state.tsx'
import { Table } from '../../../ui/table.tsx'
import { Time } from '../../../ui/time.tsx'
import { toFate } from './to-fate.ts'
import { zoneOf } from './zone-of.ts'

/** The next five due times, each with what becomes of it. */
export function NextFires({ job, scheduler }: { readonly job: JobView; readonly scheduler: string }) {
  const { name, schedule, next_run_at, retired_at } = job
  const zone = zoneOf(schedule)
  const words = strings.job.next
  const preview = useResource(
    retired_at === null ? `preview ${name} ${next_run_at}` : null,
    ({ admin }) => admin.preview(name, { n: 5 }),
    {
      scheduler,
      refreshOn: { view: 'admin', matches: (changed) => concernsJob(changed, name) },
    },
  )
  return (
    <Panel title={words.title}>
      {retired_at !== null ? (
        <Empty {...words.retired} />
      ) : (
        <ResourceView resource={preview} rows={5}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty {...(schedule.kind === 'on-demand' ? words.onDemand : words.none)} />
            ) : (
              <Table
                label={strings.job.table(words.title, name)}
                columns={columnsOf(zone)}
                rows={items}
                keyOf={({ due_at }) => due_at}
              />
            )
          }
        </ResourceView>
      )}
    </Panel>
  )
}

function columnsOf(zone: string | null): readonly Column<ForeseenDueTimeView>[] {
  const words = strings.job.next
  return [
    { id: 'due', title: words.due, cell: ({ due_at }) => <Time at={due_at} as="absolute" jobZone={zone} /> },
    { id: 'in', title: words.from, cell: ({ due_at }) => <Time at={due_at} isPlain /> },
    ...(zone === null
      ? []
      : [
          {
            id: 'zone',
            title: words.inZone(zone),
            cell: ({ due_at }: ForeseenDueTimeView) => formatFull(toMs(due_at) ?? 0, zone),
          },
        ]),
    {
      id: 'fate',
      title: words.fate,
      cell: (due) => {
        const { state, words: text } = toFate(due)
        return <State state={state}>{text}</State>
      },
    },
  ]
}
