import type { JobView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { scheduleInWords } from '../../../format/schedule-words.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Shape } from '../../../ui/icons.tsx'
import { Time } from '../../../ui/time.tsx'
import { JobState } from './job-state.tsx'
import { JobStrip } from './job-strip.tsx'
import type { Selection } from './selection.ts'
import type { StripLoader } from './strip-loader.ts'
import { toLastRun } from './to-job-state.ts'
import { zoneOf } from './zone-of.ts'

export interface JobColumnsOptions {
  readonly scheduler: string
  readonly loader: StripLoader
  readonly formatAt: (at: string) => string
  /** `null` for a reader who may not command. */
  readonly selection: Selection | null
}

/** The columns of the list of jobs. */
export function jobColumns({ scheduler, loader, formatAt, selection }: JobColumnsOptions): readonly Column<JobView>[] {
  const words = strings.jobs.columns
  return [
    nameColumn(selection),
    {
      id: 'state',
      title: words.state,
      width: 'minmax(9rem, 1.5fr)',
      cell: (job, { isCurrent }) => <JobState job={job} isTabStop={isCurrent} />,
    },
    {
      id: 'schedule',
      title: words.schedule,
      width: 'minmax(9rem, 1.4fr)',
      cell: ({ schedule }) => {
        const text = scheduleInWords(schedule, formatAt)
        return <span title={text}>{text}</span>
      },
    },
    {
      id: 'next',
      title: words.next,
      order: 'next_run_at',
      width: '8.5rem',
      cell: (job, { isCurrent }) => (
        <Time
          at={job.next_run_at}
          jobZone={zoneOf(job.schedule)}
          none={job.schedule.kind === 'on-demand' ? strings.jobs.onDemand : strings.jobs.noNext}
          isTabStop={isCurrent}
        />
      ),
    },
    {
      id: 'last',
      title: words.last,
      order: '-last_run_at',
      width: 'minmax(12rem, 1.8fr)',
      cell: (job, at) => lastRun(job, at),
    },
    {
      id: 'strip',
      title: words.strip,
      width: '8.5rem',
      cell: ({ name }, { isCurrent }) => (
        <JobStrip key={name} job={name} scheduler={scheduler} loader={loader} isTabStop={isCurrent} />
      ),
    },
    {
      id: 'success',
      title: words.success,
      help: strings.jobs.help.success,
      order: 'success_rate',
      align: 'end',
      width: '6rem',
      cell: ({ windows }) => formatPercent(windows.recent.success_rate),
    },
    {
      id: 'p95',
      title: words.p95,
      help: strings.jobs.help.p95,
      order: '-p95_duration_ms',
      align: 'end',
      width: '6.5rem',
      cell: ({ windows }) => formatDuration(windows.recent.p95_duration_ms),
    },
    {
      id: 'failures',
      title: words.failures,
      help: strings.jobs.help.failures,
      order: '-consecutive_failures',
      align: 'end',
      width: '5.5rem',
      cell: ({ consecutive_failures: failures }) =>
        failures === 0 ? <span class="muted">0</span> : <strong class="failures">{formatNumber(failures)}</strong>,
    },
  ]
}

function nameColumn(selection: Selection | null): Column<JobView> {
  return {
    id: 'name',
    title: strings.jobs.columns.name,
    order: 'name',
    width: 'minmax(13rem, 2fr)',
    cell: ({ name, tags }, { isCurrent }) => (
      <span class="job-name">
        {selection && <SelectBox job={name} selection={selection} isTabStop={isCurrent} />}
        <GoTo to={routes.job(name)} isTabStop={isCurrent}>
          {name}
        </GoTo>
        {tags.length > 0 && (
          <span class="job-tags" title={tags.join(', ')}>
            {tags.join(', ')}
          </span>
        )}
      </span>
    ),
  }
}

function lastRun(job: JobView, { isCurrent }: { readonly isCurrent: boolean }) {
  const last = toLastRun(job)
  if (last === null) return <span class="muted">{strings.jobs.neverRan}</span>
  return (
    <span class="state" data-state={last.state}>
      <Shape state={last.state} />
      <span class="sr-only">{last.words} </span>
      <span class={last.state === 'ok' || last.state === 'unknown' ? 'plain' : undefined} title={last.words}>
        <Time at={last.at} jobZone={zoneOf(job.schedule)} isTabStop={isCurrent} />
      </span>
      {last.code !== null && (
        <code class="last-code" title={last.code}>
          {last.code}
        </code>
      )}
    </span>
  )
}

function SelectBox({
  job,
  selection,
  isTabStop,
}: {
  readonly job: string
  readonly selection: Selection
  readonly isTabStop: boolean
}) {
  return (
    <label class="select-box">
      <input
        type="checkbox"
        aria-label={strings.jobs.select(job)}
        checked={selection.has(job)}
        tabIndex={isTabStop ? 0 : -1}
        onChange={() => selection.toggle(job)}
      />
    </label>
  )
}
