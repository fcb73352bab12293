import type { Route } from '@pm/scheduler-core/http'

/** What stands in a request for the things that its route is about. */
export interface Named {
  readonly job: string
  readonly runId: string
}

/** The path of a route with names in the place of its parameters. */
export function pathOf({ path }: Pick<Route, 'path'>, { job, runId }: Named): string {
  return path.replace(':job', encodeURIComponent(job)).replace(':id', encodeURIComponent(runId))
}

/** A body with which the command would be carried out, about this job where the body names one. */
export function bodyOf({ id, body }: Pick<Route, 'id' | 'body'>, { job }: Named): string | null {
  return body === null ? null : JSON.stringify({ why: 'a walk', ...BODIES[id]?.(job) })
}

const RANGE = { from: '2025-09-15T00:00:00Z', to: '2025-09-15T01:00:00Z' }

const BODIES: Readonly<Record<string, (job: string) => object>> = {
  'pause-jobs': (job) => ({ search: job }),
  'resume-jobs': (job) => ({ search: job }),
  'run-jobs': (job) => ({ search: job }),
  'backfill-job': () => RANGE,
  'create-jobs': (job) => ({ jobs: [{ name: job, template: 'walk', schedule: null }] }),
  'update-jobs': (job) => ({ jobs: [{ name: job, description: 'walked' }] }),
  'remove-jobs': (job) => ({ jobs: [job] }),
  'configure-job': () => ({ priority: 1 }),
  configure: () => ({ concurrency: 7 }),
}

/** The queries under which a route answers: at least one, and each way of naming the job or the run. */
export function queriesOf({ id, isOfAskedJob }: Pick<Route, 'id' | 'isOfAskedJob'>, named: Named): readonly string[] {
  const whole = QUERIES[id]?.(named) ?? ['']
  return isOfAskedJob ? [...whole, ...whole.map((query) => withParameter(query, `job=${named.job}`))] : whole
}

const HISTORY = '?metric=total_runs&from=2025-09-15T00:00:00Z&to=2025-09-17T00:00:00Z&step_ms=3600000'

const QUERIES: Readonly<Record<string, (named: Named) => readonly string[]>> = {
  jobs: ({ job }) => [
    '',
    `?search=${job}`,
    '?state=retired',
    '?order=-name&limit=200',
    '?explain=total_runs',
    '?explain=success_rate_pct',
  ],
  history: () => [HISTORY],
  log: ({ runId }) => ['', '?limit=200', `?run_id=${runId}`],
  runs: () => ['', '?limit=200', '?state=succeeded,failed', '?trigger=manual'],
  explain: () => ['?at=2025-09-16T02:00:00Z'],
  'preview-backfill': () => [`?from=${RANGE.from}&to=${RANGE.to}`],
  upcoming: () => ['', '?n=200'],
  audit: () => ['', '?from=2025-09-15T00:00:00Z&to=2025-09-17T00:00:00Z'],
}

function withParameter(query: string, parameter: string): string {
  return query === '' ? `?${parameter}` : `${query}&${parameter}`
}
