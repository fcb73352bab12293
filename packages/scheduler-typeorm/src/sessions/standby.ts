import { SchedulerError } from '@pm/scheduler-core'

/**
 * Whether a standby refused `START TRANSACTION ... READ WRITE`. Decided by SQLSTATE, since the message depends on
 * `lc_messages`.
 */
export function isStandby(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === FEATURE_NOT_SUPPORTED
}

/** No other part of the statement can raise this SQLSTATE. */
const FEATURE_NOT_SUPPORTED = '0A000'

export function refuseStandby(cause: unknown): SchedulerError<'UNSUPPORTED_DATABASE_SETTING'> {
  const remedy = 'let the DataSource connect to the primary server; this one is a standby, which takes no writes'
  return new SchedulerError(
    'UNSUPPORTED_DATABASE_SETTING',
    { setting: 'pg_is_in_recovery()', found: 'true', remedy },
    { cause },
  )
}
