import type { EpochMs } from '../clock.ts'

/** The rule that yields due times. Build one with `every`, `cron` or `once`; a job's `schedule: null` is the fourth. */
export type Schedule = EverySchedule | CronSchedule | OnceSchedule | OnDemandSchedule

/** Instants `periodMs` apart from a fixed instant in UTC: the same on every instance, without drift. */
export interface EverySchedule {
  readonly kind: 'every'
  readonly periodMs: number
  /** An instant of the grid (default the Unix epoch). */
  readonly anchorAt: EpochMs
}

/** A cron pattern of 5 fields, or 6 with seconds first, or a nickname such as `@daily`, in an IANA time zone. */
export interface CronSchedule {
  readonly kind: 'cron'
  readonly pattern: string
  /** Default `UTC`, never the host's zone. */
  readonly timezone: string
}

/** One due time. */
export interface OnceSchedule {
  readonly kind: 'once'
  readonly at: EpochMs
}

/** No due time: the job runs when somebody or some code asks for it. */
export interface OnDemandSchedule {
  readonly kind: 'on-demand'
}
