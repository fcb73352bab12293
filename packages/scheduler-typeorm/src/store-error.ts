import { isSchedulerError, SchedulerError } from '@pm/scheduler-core'

/**
 * A failure of the database that may pass (it is down, full, read-only or overloaded; a deadlock; a serialization
 * failure; a broken connection; no partition for a row) becomes `STORE_UNAVAILABLE`. A value that the database can never
 * store (a character that its encoding lacks, NUL, a number out of range, an index entry too long, a violated check)
 * becomes `STORE_REFUSED`. Both have the failure as `cause`. Any other error is returned unchanged.
 */
export function toStoreError(error: unknown, operation: string): unknown {
  if (isSchedulerError(error)) return error
  if (hasNoPartition(error)) return new SchedulerError('STORE_UNAVAILABLE', { operation }, { cause: error })
  if (REFUSING_STATES.test(codeOf(error))) return new SchedulerError('STORE_REFUSED', { operation }, { cause: error })
  if (!mayPass(error)) return error
  return new SchedulerError('STORE_UNAVAILABLE', { operation }, { cause: error })
}

/** Does some work whose errors become those of the store. */
export async function asStoreError<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toStoreError(error, operation)
  }
}

/** Whether a statement failed because its connection was lost. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error)
  return NETWORK.has(code) || /^(08|57P)/.test(code) || BROKEN.test(messageOf(error)) || isReleased(error)
}

function mayPass(error: unknown): boolean {
  return PASSING_STATES.test(codeOf(error)) || isConnectionLost(error)
}

/**
 * SQLSTATE classes 08 connection, 53 resources, 57 operator intervention (time-outs too), 58 system, and of the others:
 * 25006 read-only (a standby after a failover), 25P03 and 25P04 session time-outs, 40001 serialization, 40P01 deadlock,
 * 55P03 lock not available.
 */
const PASSING_STATES = /^(08|53|57|58)...$|^(25006|25P03|25P04|40001|40P01|55P03)$/

/** SQLSTATE classes 22 data exceptions and 54 program limits, and of the others: 23502 not null, 23514 check. */
const REFUSING_STATES = /^(22|54)...$|^(23502|23514)$/

/**
 * A row that no partition takes fails as a violated check does, only without the name of a constraint. Once a partition
 * takes it, it can be stored.
 */
function hasNoPartition(error: unknown): boolean {
  if (codeOf(error) !== '23514' || typeof error !== 'object' || error === null) return false
  return !('constraint' in error) || error.constraint === undefined
}

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Messages of errors without a code: from pg, from its pool, and from TypeORM after its DataSource was destroyed. */
const BROKEN =
  /^(Error: )?(Connection terminated|timeout exceeded when trying to connect|Client (has encountered|was closed)|Cannot use a pool after calling end|Query read timeout|Driver not Connected)/

/** TypeORM releases a runner whose connection breaks, and then refuses to use it. */
function isReleased(error: unknown): boolean {
  return error instanceof Error && /^QueryRunner(Provider)?AlreadyReleasedError$/.test(error.name)
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
