import { lockFirst } from './lock-first.ts'
import type { Names } from './names.ts'
import { EXPIRED } from './select-expired-jobs.ts'

/** Parameters: the scheduler, now, the limit, the caller's jobs, and the jobs whose rows the caller has locked. */
export function lockExpired(names: Names): string {
  return lockFirst(names, { where: `${EXPIRED} AND job = ANY ($5::text[])`, by: 'lease_until' })
}
