import type { Instant } from '../clock.ts'
import type { CronDialect } from './cron-dialect.ts'
import type { CronSchedule, EverySchedule, OnceSchedule, OnDemandSchedule } from './schedule.ts'

/**
 * A schedule of `every`, `cron` or `once`, or the same as plain data; `{ kind: 'on-demand' }` has no due time. An
 * interval without an anchor keeps that of the job's own interval.
 */
export type ScheduleInput =
  | (Omit<EverySchedule, 'anchorAt'> & { readonly anchorAt?: Instant })
  | (Omit<CronSchedule, 'timezone'> & Partial<Pick<CronSchedule, 'timezone'>> & { readonly dialect?: CronDialect })
  | (Omit<OnceSchedule, 'at'> & { readonly at: Instant })
  | OnDemandSchedule
