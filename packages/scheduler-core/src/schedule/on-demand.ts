import type { OnDemandSchedule } from './schedule.ts'

/** The schedule of a job with `schedule: null`: it is never due. */
export const ON_DEMAND: OnDemandSchedule = Object.freeze({ kind: 'on-demand' })
