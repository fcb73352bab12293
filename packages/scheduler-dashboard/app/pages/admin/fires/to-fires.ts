import type { ForeseenDueTimeView, JobView, ScheduleView, UpcomingView } from '@pm/scheduler-core/contract/v2'

/** A due time to come, of some job. */
export interface Fire {
  readonly id: string
  readonly scheduler: string
  readonly schedulerName: string
  readonly job: string
  /** When its run starts, and the due time itself where none will. */
  readonly at: string
  readonly fate: ForeseenDueTimeView['fate']
  /** `null` where the job's own list did not have it. */
  readonly schedule: ScheduleView | null
  /** The zone of a cron pattern. */
  readonly zone: string | null
}

export interface ReadFires {
  readonly key: string
  readonly name: string
  readonly upcoming: UpcomingView['items']
  readonly jobs: readonly Pick<JobView, 'name' | 'schedule'>[]
}

const MOST = 20

/** The due times that come soonest, over all schedulers, with what becomes of them. */
export function toFires(lists: readonly ReadFires[]): readonly Fire[] {
  return lists
    .flatMap(firesOf)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
}

function firesOf({ key, name, upcoming, jobs }: ReadFires): readonly Fire[] {
  const schedules = new Map(jobs.map((job) => [job.name, job.schedule]))
  return upcoming.map(({ job, due_at, starts_at, fate }) => {
    const schedule = schedules.get(job) ?? null
    return {
      id: `${key} ${job} ${due_at}`,
      scheduler: key,
      schedulerName: name,
      job,
      at: starts_at ?? due_at,
      fate,
      schedule,
      zone: schedule?.kind === 'cron' ? schedule.timezone : null,
    }
  })
}
