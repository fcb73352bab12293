import type { EpochMs } from '@pm/scheduler-core'

import { flag, integer, type QueryTarget, queryRows, text } from '../query.ts'
import { asText } from '../sql/as-text.ts'
import type { Names } from '../sql/names.ts'
import {
  DAY_MS,
  DEFAULT_PARTITION,
  dayOf,
  makePartition,
  SELECT_SERVER_TIME,
  SELECT_TAKEN,
  selectContent,
  selectExpiredPartitions,
  selectMayMake,
  selectWaiting,
} from '../sql/partitions.ts'

/** How many days ahead have their partitions: a process that makes them may be down, or lack the right, for a week. */
const DAYS_AHEAD = 7

/** How long to wait for a lock on `settled` or one of its partitions: whoever comes meanwhile waits behind. */
const LOCK_TIMEOUT_MS = '100'
const SHORTEN_LOCK_TIMEOUT = `
  SELECT ${asText({ before: `current_setting('lock_timeout')`, now: `set_config('lock_timeout', $1, true)` })}`
const RESTORE_LOCK_TIMEOUT = `SELECT set_config('lock_timeout', $1, true)`

/**
 * Makes the partitions of yesterday to `DAYS_AHEAD` that are missing, in the caller's transaction. A day whose name is
 * taken by something else, or of which the default partition already has more than `MOVED` rows, goes without; what is
 * settled then goes into the default partition, where nothing is lost. Several callers may do so at once: a name is
 * taken only once.
 */
export async function makePartitions(target: QueryTarget, names: Names, now: EpochMs): Promise<void> {
  const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => dayOf(now + (index - 1) * DAY_MS))
  const tables = [DEFAULT_PARTITION, ...days.map(({ table }) => table)]
  const rows = await queryRows(target, SELECT_TAKEN, [names.quotedSchema, tables])
  const taken = new Set(rows.map((row) => text(row, 'name')))
  const source = taken.has(DEFAULT_PARTITION) ? names.settledDefault : null
  const missing = days.filter(({ table }) => !taken.has(table))
  if (missing.length === 0) return
  const [right] = await queryRows(target, selectMayMake(names), [names.quotedSchema])
  if (right === undefined || !flag(right, 'may')) return
  for (const day of missing) {
    await attempt(target, async () => {
      const [waiting] = source === null ? [] : await queryRows(target, selectWaiting(source), [day.start, MOVED + 1])
      if (waiting && integer(waiting, 'rows') > MOVED) return
      for (const statement of makePartition(names, { ...day, source })) await target.query(statement)
    })
  }
}

/** Moving more takes longer than a statement may. */
const MOVED = 100_000

/** A partition that is over. */
export interface ExpiredDay {
  readonly partition: string
  /** How many rows it has, up to `COUNTED`. */
  readonly rows: number
}

/**
 * The partitions that are over and have rows of no other scheduler. They are counted before the first is dropped: from
 * then on everybody who writes waits.
 */
export async function findExpired(
  target: QueryTarget,
  names: Names,
  { scheduler, before }: { readonly scheduler: string; readonly before: EpochMs },
): Promise<readonly ExpiredDay[]> {
  const droppable: ExpiredDay[] = []
  for (const row of await queryRows(target, selectExpiredPartitions(names), [before])) {
    const partition = text(row, 'partition')
    await attempt(target, async () => {
      const [found] = await queryRows(target, selectContent(partition), [scheduler, COUNTED])
      if (found && !flag(found, 'others')) droppable.push({ partition, rows: integer(found, 'own') })
    })
  }
  return droppable
}

/**
 * Drops partitions in the caller's transaction, which should end soon: until then everybody who writes waits. Answers how
 * many rows were in them. Keeps one that has got rows of another scheduler meanwhile.
 */
export async function dropExpired(
  target: QueryTarget,
  { settled }: Names,
  { scheduler, days }: { readonly scheduler: string; readonly days: readonly ExpiredDay[] },
): Promise<number> {
  let dropped = 0
  for (const { partition, rows } of days) {
    await attempt(target, async () => {
      await target.query(`LOCK TABLE ONLY ${settled} IN ACCESS EXCLUSIVE MODE`)
      const [found] = await queryRows(target, selectContent(partition), [scheduler, 0])
      if (!found || flag(found, 'others')) return
      await target.query(`DROP TABLE ${partition}`)
      dropped += rows
    })
  }
  return dropped
}

/** Counting more would take longer than a statement may. */
const COUNTED = 1_000_000

/** The time of the server's clock, which all instances share: partitions are made for the days around it. */
export async function serverTime(target: QueryTarget): Promise<EpochMs> {
  const [row = {}] = await queryRows(target, SELECT_SERVER_TIME)
  return integer(row, 'now')
}

/** Does all of some work or nothing. When a lock, a right or a name is not to be had, the next call tries again. */
async function attempt(target: QueryTarget, work: () => Promise<void>): Promise<void> {
  await target.query('SAVEPOINT pm_partition')
  try {
    const [setting] = await queryRows(target, SHORTEN_LOCK_TIMEOUT, [LOCK_TIMEOUT_MS])
    await work()
    if (setting) await target.query(RESTORE_LOCK_TIMEOUT, [text(setting, 'before')])
    await target.query('RELEASE SAVEPOINT pm_partition')
  } catch (error) {
    if (!isNotToBeHad(error)) throw error
    await target.query('ROLLBACK TO SAVEPOINT pm_partition')
  }
}

/**
 * SQLSTATE: lock not available, statement took too long, deadlock, insufficient privilege, table already dropped, duplicate table, object or row
 * of a catalog, a partition of the host that overlaps, an outcome that was written to the default partition after the
 * others of its day had moved.
 */
const NOT_TO_BE_HAD = new Set([
  '55P03',
  '57014',
  '40P01',
  '42501',
  '42P01',
  '42P07',
  '42710',
  '23505',
  '42P17',
  '23514',
])

function isNotToBeHad(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && NOT_TO_BE_HAD.has(String(error.code))
}
