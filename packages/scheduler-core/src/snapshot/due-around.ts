import type { EpochMs } from '../clock.ts'
import { distanceToNext, previousDueAt } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'

/** What schedules say about one instant. Many jobs have the same pattern, so each is asked once. */
export interface DueAround {
  /** As `distanceToNext`. */
  interval(schedule: Schedule): number | null
  /** The last three due times up to the instant, the latest first; fewer where there are no more. */
  lastThree(schedule: Schedule): readonly EpochMs[]
}

export function createDueAround(asOf: EpochMs): DueAround {
  const interval = oncePerPattern((schedule) => distanceToNext(schedule, asOf))
  const lastThree = oncePerPattern((schedule) => {
    const dues: EpochMs[] = []
    let due = previousDueAt(schedule, asOf + 1)
    while (due !== null && dues.length < 3) {
      dues.push(due)
      due = dues.length < 3 ? previousDueAt(schedule, due) : null
    }
    return dues
  })
  return { interval, lastThree }
}

/** The other kinds of schedules cost less than a look into a map. */
function oncePerPattern<T>(read: (schedule: Schedule) => T): (schedule: Schedule) => T {
  const known = new Map<string, { readonly value: T }>()
  return (schedule) => {
    if (schedule.kind !== 'cron') return read(schedule)
    const key = `${schedule.timezone} ${schedule.pattern}`
    const found = known.get(key) ?? { value: read(schedule) }
    known.set(key, found)
    return found.value
  }
}
