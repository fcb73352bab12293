import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useParams } from 'wouter-preact'

import { useApp } from '../../../app-context.ts'
import { useResource } from '../../../data/use-resource.ts'
import { concernsJob } from '../../../live/changed.ts'
import { useStatus } from '../../../live/use-status.ts'
import { routes, textOf } from '../../../routes.ts'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo, useSchedulerKey } from '../../../ui/go-to.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { WhyPanel } from '../explain/why-panel.tsx'
import { BackfillQueue } from './backfill-queue.tsx'
import { JobCharts } from './job-charts.tsx'
import { JobHeader } from './job-header.tsx'
import { JobLog } from './job-log.tsx'
import { JobNumbers } from './job-numbers.tsx'
import { JobRuns } from './job-runs.tsx'
import { NextFires } from './next-fires.tsx'
import { PoliciesPanel } from './policies-panel.tsx'
import { TemplatePanel } from './template-panel.tsx'
import { zoneOf } from './zone-of.ts'
import '../system.css'

/** `/system/jobs/:job`: one job, what it does and what one may ask of it. */
export function JobPage() {
  const { job: segment = '' } = useParams()
  const name = textOf(segment)
  const scheduler = useSchedulerKey()
  useTitle(name)
  useStatus(scheduler, 'admin')
  const job = useResource(`job ${name}`, ({ admin }) => admin.job(name), {
    scheduler,
    refreshOn: { view: 'admin', matches: (changed) => concernsJob(changed, name) },
  })
  if (job.data === null && job.failure?.code === 'JOB_NOT_FOUND') return <NoSuchJob name={name} />
  return (
    <>
      {job.data === null && <h1>{name}</h1>}
      <ResourceView resource={job} rows={10}>
        {(data) => <Whole key={name} job={data} scheduler={scheduler} onChanged={job.reload} />}
      </ResourceView>
    </>
  )
}

interface WholeProps {
  readonly job: JobView
  readonly scheduler: string
  readonly onChanged: () => void
}

function Whole({ job, scheduler, onChanged }: WholeProps) {
  const { parts, may } = useApp().config
  const about = { job, scheduler }
  return (
    <div class="job-page">
      <JobHeader {...about} />
      <JobNumbers {...about} />
      {job.retired_at === null && <BackfillQueue job={job.name} scheduler={scheduler} />}
      {job.retired_at === null && <TemplatePanel job={job.name} scheduler={scheduler} />}
      <JobRuns {...about} />
      <div class="columns">
        <NextFires {...about} />
        <WhyPanel job={job.name} zone={zoneOf(job.schedule)} scheduler={scheduler} />
      </div>
      <PoliciesPanel {...about} onChanged={onChanged} canChange={parts.configuration && may.control} />
      <JobCharts {...about} />
      <JobLog {...about} />
    </div>
  )
}

function NoSuchJob({ name }: { readonly name: string }) {
  const words = strings.job.notFound
  return (
    <>
      <h1 class="sr-only">{words.title(name)}</h1>
      <Panel title={name}>
        <Empty title={words.title(name)} text={words.text}>
          <p class="cluster wide">
            <GoTo to={routes.runs({ job: name })}>{words.runs}</GoTo>
            <GoTo to={routes.system()}>{words.jobs}</GoTo>
          </p>
        </Empty>
      </Panel>
    </>
  )
}
