import type { RunLease } from '@pm/scheduler-core/store'

import { pastAttemptsJson } from './past-attempts.ts'
import { errorMoreJson } from './stored-errors.ts'

/** What both a lease and an outcome tell of the attempts of a run. */
type Attempted = Pick<RunLease, 'attempt' | 'progress' | 'error' | 'pastAttempts'>

/** How it is stored. */
export const ATTEMPT_CELLS = {
  attempt: ({ attempt }: Attempted) => attempt,
  progress_done: ({ progress }: Attempted) => progress?.done ?? null,
  progress_total: ({ progress }: Attempted) => progress?.total ?? null,
  progress_at: ({ progress }: Attempted) => progress?.at ?? null,
  error_code: ({ error }: Attempted) => error?.code ?? null,
  error_name: ({ error }: Attempted) => error?.name ?? null,
  error_message: ({ error }: Attempted) => error?.message ?? null,
  error_more: ({ error }: Attempted) => errorMoreJson(error),
  past_attempts: ({ pastAttempts }: Attempted) => pastAttemptsJson(pastAttempts),
}
