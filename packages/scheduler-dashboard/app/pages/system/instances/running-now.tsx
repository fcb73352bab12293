import { formatNumber } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import type { RunningJob } from './to-running.ts'

const MOST_SHOWN = 3

/** The jobs that an instance executes now, each a way to its run, or to those of the job there. */
export function RunningNow({ instance, jobs }: { readonly instance: string; readonly jobs: readonly RunningJob[] }) {
  const words = strings.instances
  if (jobs.length === 0) return <span class="muted">{words.nothingNow}</span>
  const more = jobs.length - MOST_SHOWN
  return (
    <span class="running-now">
      {jobs.slice(0, MOST_SHOWN).map(({ job, count, runId }) => (
        <GoTo key={job} to={runId === null ? routes.runs({ instance, job, state: 'running' }) : routes.run(runId)}>
          {count === 1 ? job : words.times(job, formatNumber(count))}
        </GoTo>
      ))}
      {more > 0 && <span class="muted">{words.moreJobs(more)}</span>}
    </span>
  )
}
