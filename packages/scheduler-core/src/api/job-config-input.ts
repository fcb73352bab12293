import type { JobConfigPatch } from '../control/config.ts'
import type { ScheduleInput } from '../schedule/schedule-input.ts'

/** The settings to change for a job. One that is left out stays; `null` removes what was set. */
export type JobConfigInput = Omit<JobConfigPatch, 'schedule'> & { readonly schedule?: ScheduleInput | null }
