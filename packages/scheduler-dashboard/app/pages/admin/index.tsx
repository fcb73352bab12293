import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useEffect } from 'preact/hooks'
import { useApp } from '../../app-context.ts'
import { failureOf } from '../../data/failure.ts'
import { formatNumber, formatPercent } from '../../format/numbers.ts'
import { useStatus } from '../../live/use-status.ts'
import { routes } from '../../routes.ts'
import { useTitle } from '../../shell/use-title.ts'
import { strings } from '../../strings/index.ts'
import { GoTo } from '../../ui/go-to.tsx'
import { Shape } from '../../ui/icons.tsx'
import { ErrorState, Forbidden, Loading, LoggedOut } from '../../ui/messages.tsx'
import { Metric } from '../../ui/metric.tsx'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'
import { stateOfJob, stateOfScheduler } from '../../ui/state-of.ts'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { verdictOf } from './verdict.ts'

/**
 * The page of operations. Each scheduler of the host has a panel of its own, that follows its own live status.
 * A part that needs more than the status reads it with `useResource` or `usePages`; what changes something goes through
 * `useCommand` and a `CommandDialog`.
 */
export function AdminPage() {
  const { config } = useApp()
  useTitle(strings.admin.title)
  return (
    <>
      <h1 class="sr-only">{strings.admin.title}</h1>
      {config.schedulers.map(({ key, name }) => (
        <SchedulerPart key={key} schedulerKey={key} name={name} />
      ))}
    </>
  )
}

function SchedulerPart({ schedulerKey, name }: { readonly schedulerKey: string; readonly name: string }) {
  const { announcer } = useApp()
  const { status, trouble } = useStatus(schedulerKey, 'admin')
  const verdict = status && verdictOf(status)
  const text = verdict?.text
  useEffect(() => {
    if (text !== undefined) announcer.say(text)
  }, [announcer, text])

  if (trouble?.status === 401) return <LoggedOut />
  if (trouble?.status === 403) return <Forbidden />
  if (status === null) return trouble ? <ErrorState failure={failureOf(trouble)} /> : <Loading rows={6} />
  return (
    <Panel
      title={name}
      aside={<State state={stateOfScheduler(status.scheduler.state)}>{status.scheduler.state}</State>}
    >
      {verdict && (
        <p class="verdict" data-state={verdict.state}>
          <Shape state={verdict.state} />
          {verdict.text}
        </p>
      )}
      <Numbers schedulerKey={schedulerKey} status={status} />
      <Attention schedulerKey={schedulerKey} status={status} />
    </Panel>
  )
}

interface PartProps {
  readonly schedulerKey: string
  readonly status: AdminStatusV2
}

function Numbers({ schedulerKey, status: { windows, scheduler, jobs } }: PartProps) {
  const about = { scheduler: schedulerKey, view: 'admin' } as const
  return (
    <div class="metrics">
      <Metric {...about} id="success_rate" label="Success rate" window="recent">
        {formatPercent(windows.recent.success_rate)}
      </Metric>
      <Metric {...about} id="total_runs" label="Runs" window="recent">
        {formatNumber(windows.recent.total_runs)}
      </Metric>
      <Metric {...about} id="running_runs" label="Running">
        {formatNumber(scheduler.running_runs)}
      </Metric>
      <Metric {...about} id="jobs" label="Jobs">
        {formatNumber(jobs.total)}
      </Metric>
      <div>
        <div class="metric-label">Next run</div>
        <Time at={scheduler.next_run_at} />
      </div>
    </div>
  )
}

function Attention({ schedulerKey, status: { attention } }: PartProps) {
  if (attention.items.length === 0) return null
  return (
    <Table
      label="Needs attention"
      rows={attention.items}
      keyOf={({ name }) => name}
      columns={[
        {
          id: 'name',
          title: 'Job',
          cell: ({ name }) => (
            <GoTo to={routes.job(name)} scheduler={schedulerKey}>
              {name}
            </GoTo>
          ),
        },
        {
          id: 'state',
          title: 'State',
          cell: ({ conditions }) => (
            <State state={stateOfJob(conditions)}>{conditions.join(', ').replaceAll('_', ' ')}</State>
          ),
        },
        {
          id: 'failures',
          title: 'Failures in a row',
          align: 'end',
          cell: (job) => formatNumber(job.consecutive_failures),
        },
        {
          id: 'success',
          title: 'Last success',
          cell: (job) => <Time at={job.last_success_at} none={strings.kit.never} />,
        },
        { id: 'next', title: 'Next run', cell: (job) => <Time at={job.next_run_at} /> },
      ]}
    />
  )
}
