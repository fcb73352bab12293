import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../../format/numbers.ts'
import { useStatus } from '../../../live/use-status.ts'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { useSchedulerKey } from '../../../ui/go-to.tsx'
import { hasQueue } from '../../../ui/has-queue.ts'
import { Empty } from '../../../ui/messages.tsx'
import { Metric } from '../../../ui/metric.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Table } from '../../../ui/table.tsx'
import { usePolledStatus } from '../resources/use-polled-status.ts'
import { instanceColumns } from './columns.tsx'
import { QueueMetrics } from './queue-metrics.tsx'
import { toInstances } from './to-instances.ts'
import { useRunning } from './use-running.ts'

/** The processes that run the jobs: who lives, since when, and what each has to do now. */
export function InstancesSection() {
  useTitle(strings.system.sections.instances)
  const scheduler = useSchedulerKey()
  useStatus(scheduler, 'admin')
  const status = usePolledStatus(scheduler)
  const words = strings.instances
  return (
    <>
      <h1 class="sr-only">{words.title}</h1>
      <Panel title={words.title}>
        <ResourceView resource={status} rows={5}>
          {(data) => <Instances status={data} scheduler={scheduler} />}
        </ResourceView>
      </Panel>
    </>
  )
}

function Instances({ status, scheduler }: { readonly status: AdminStatusV2; readonly scheduler: string }) {
  const words = strings.instances
  const { total, live, items } = status.instances
  const about = { scheduler, view: 'admin' } as const
  const rows = toInstances(status)
  const isQueued = hasQueue(status)
  const running = useRunning(scheduler, { isOn: isQueued })
  return (
    <>
      <div class="metrics">
        <Metric {...about} id="instances_live" label={words.live} {...(live === 0 && { tone: 'failed' as const })}>
          {formatNumber(live)}
        </Metric>
        <Metric {...about} id="instances_total" label={words.total}>
          {formatNumber(total)}
        </Metric>
        <Metric {...about} id="instances_total" label={words.dead}>
          {formatNumber(total - live)}
        </Metric>
        <Metric {...about} id="running_runs" label={words.runningRuns}>
          {formatNumber(status.scheduler.running_runs)}
        </Metric>
        {isQueued && <QueueMetrics status={status} scheduler={scheduler} />}
      </div>
      {rows.length === 0 ? (
        <Empty {...words.empty} />
      ) : (
        <Table
          label={words.table}
          columns={instanceColumns({ rows, hasQueue: isQueued, running })}
          rows={rows}
          keyOf={({ id }) => id}
        />
      )}
      {total > items.length && <p class="field-hint">{words.more(formatNumber(total - items.length))}</p>}
      <p class="field-hint">{words.liveHint}</p>
    </>
  )
}
