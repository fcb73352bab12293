import { made } from './made.ts'
import type { OnDemandSchedule } from './schedule.ts'

/** The schedule of a job with `schedule: null`: it is never due. */
export const ON_DEMAND: OnDemandSchedule = made({ kind: 'on-demand' })
