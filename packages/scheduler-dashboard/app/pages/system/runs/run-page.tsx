import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { useParams } from 'wouter-preact'
import type { RunRow } from '../../../data/api.ts'

import { type Resource, useResource } from '../../../data/use-resource.ts'
import { concernsJob } from '../../../live/changed.ts'
import { useStatus } from '../../../live/use-status.ts'
import { routes } from '../../../routes.ts'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo, useSchedulerKey } from '../../../ui/go-to.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { RunDetails } from './run-details.tsx'
import { RunHeader } from './run-header.tsx'
import { UnrunDetails } from './unrun-details.tsx'
import { useAround } from './use-around.ts'
import '../system.css'

const isGone = (code: string | undefined) => code === 'RUN_NOT_FOUND' || code === 'INVALID_REQUEST'

/** `/system/runs/:id`: one run, or one due time that did not run. */
export function RunPage() {
  const { id = '' } = useParams()
  const scheduler = useSchedulerKey()
  const words = strings.runs.page
  useStatus(scheduler, 'admin')
  const entry: Resource<RunRow> = useResource(`run ${id}`, ({ admin }) => admin.run(id), {
    scheduler,
    refreshOn: { view: 'admin', matches: (changed) => entry.data === null || mayChange(entry.data, changed) },
  })
  useTitle(entry.data === null ? words.title : words.titleOf(entry.data.job))
  if (entry.data === null && isGone(entry.failure?.code))
    return (
      <>
        <h1 class="sr-only">{words.gone.title}</h1>
        <Panel title={words.title}>
          <Empty {...words.gone}>
            <GoTo to={routes.runs()}>{words.all}</GoTo>
          </Empty>
        </Panel>
      </>
    )
  return (
    <>
      {entry.data === null && <h1>{words.title}</h1>}
      <ResourceView resource={entry} rows={10}>
        {(data) => <Whole key={id} entry={data} scheduler={scheduler} />}
      </ResourceView>
    </>
  )
}

/** What is settled does not change any more. */
function mayChange(entry: LedgerEntryView, changed: Parameters<typeof concernsJob>[0]): boolean {
  return (entry.state === 'running' || entry.state === 'queued') && concernsJob(changed, entry.job)
}

function Whole({ entry, scheduler }: { readonly entry: RunRow; readonly scheduler: string }) {
  const around = useAround(entry, scheduler)
  return (
    <div class="job-page">
      <RunHeader entry={entry} scheduler={scheduler} around={around} />
      {entry.kind === 'run' ? (
        <RunDetails run={entry} scheduler={scheduler} around={around} />
      ) : (
        <UnrunDetails entry={entry} />
      )}
    </div>
  )
}
