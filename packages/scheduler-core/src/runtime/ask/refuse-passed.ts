import { type EpochMs, toIso } from '../../clock.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import type { Schedule } from '../../schedule/schedule.ts'

interface NewSchedule {
  readonly schedule: Schedule | null | undefined
  /** The one that it takes the place of, which may stay although its instant has passed. */
  readonly before?: Schedule | null
  readonly path: string
  readonly now: EpochMs
}

/** The due times of a schedule that takes another's place count from now: a single instant that has passed never comes. */
export function refusePassed({ schedule, before, path, now }: NewSchedule): void {
  if (schedule?.kind !== 'once' || schedule.at > now) return
  if (before?.kind === 'once' && before.at === schedule.at) return
  refuseOption({
    path: `${path}.schedule.at`,
    value: schedule.at,
    received: toIso(schedule.at),
    expected: 'an instant in the future',
  })
}
