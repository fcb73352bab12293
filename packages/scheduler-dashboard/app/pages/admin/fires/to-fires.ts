import type { JobListView, JobView, ScheduleView } from '@pm/scheduler-core/contract/v2'

/** The next start of one job. */
export interface Fire {
  readonly id: string
  readonly scheduler: string
  readonly schedulerName: string
  readonly job: string
  readonly at: string
  readonly schedule: ScheduleView
  /** The zone of a cron pattern. */
  readonly zone: string | null
  readonly pause: JobView['paused']
}

export interface ReadJobs {
  readonly key: string
  readonly name: string
  readonly items: JobListView['items']
}

const MOST = 20

/** The jobs that start soonest, over all schedulers. */
export function toFires(lists: readonly ReadJobs[]): readonly Fire[] {
  return lists
    .flatMap(({ key, name, items }) => items.flatMap((job) => toFire({ key, name }, job) ?? []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
}

function toFire({ key, name }: Omit<ReadJobs, 'items'>, job: JobView): Fire | null {
  const { next_run_at: at, schedule, paused } = job
  if (at === null) return null
  return {
    id: `${key} ${job.name}`,
    scheduler: key,
    schedulerName: name,
    job: job.name,
    at,
    schedule,
    zone: schedule.kind === 'cron' ? schedule.timezone : null,
    pause: paused,
  }
}
