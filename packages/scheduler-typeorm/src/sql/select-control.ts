import { ms } from './instants.ts'
import type { Names } from './names.ts'

/**
 * Parameters: the scheduler. `share` keeps commands out until the unit ends and lets other readers in; `update` is
 * for the command itself.
 */
export function selectControl({ scheduler }: Names, lock: 'none' | 'share' | 'update'): string {
  const clause = { none: '', share: 'FOR SHARE', update: 'FOR NO KEY UPDATE' }[lock]
  return `
    SELECT version, desired, ${ms('desired_at')} AS at, desired_by AS by, desired_why AS why,
      ${ms('paused_until')} AS paused_until, paused_jobs::text AS paused_jobs,
      config::text AS config, ${ms('since')} AS since
    FROM ${scheduler}
    WHERE scheduler = $1
    ${clause}`
}
