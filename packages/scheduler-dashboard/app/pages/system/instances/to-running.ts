import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

/** What an instance executes of one job. */
export interface RunningJob {
  readonly job: string
  readonly count: number
  /** The run, where there is only one of the job. */
  readonly runId: string | null
}

/** What each instance executes now, by its id: the jobs with most runs first, then by name. */
export function toRunning(entries: readonly LedgerEntryView[]): ReadonlyMap<string, readonly RunningJob[]> {
  const found = new Map<string, Map<string, RunningJob>>()
  for (const entry of entries) {
    // A run that no instance has is executed by none.
    if (entry.kind !== 'run' || entry.state !== 'running' || entry.waiting_for === 'instance') continue
    const { instance, job, id } = entry
    const ofInstance = found.get(instance) ?? new Map<string, RunningJob>()
    const known = ofInstance.get(job)
    ofInstance.set(job, known ? { job, count: known.count + 1, runId: null } : { job, count: 1, runId: id })
    found.set(instance, ofInstance)
  }
  return new Map([...found].map(([instance, jobs]) => [instance, [...jobs.values()].sort(byCount)]))
}

function byCount(one: RunningJob, other: RunningJob): number {
  return other.count - one.count || (one.job < other.job ? -1 : 1)
}
