import type { EpochMs } from '@pm/scheduler-core'

import { asText } from './as-text.ts'
import { at, ms } from './instants.ts'
import type { Names } from './names.ts'

/** The width of a partition of `settled`. Partitions begin at midnight UTC. */
export const DAY_MS = 86_400_000

/** A day that has or gets a partition. */
export interface Day {
  readonly start: EpochMs
  /** The name of its table, without the schema. */
  readonly table: string
}

export function dayOf(instant: EpochMs): Day {
  const start = Math.floor(instant / DAY_MS) * DAY_MS
  return { start, table: `settled_${new Date(start).toISOString().slice(0, 10).replaceAll('-', '')}` }
}

/** No parameters. The time of the server's clock, in milliseconds. */
export const SELECT_SERVER_TIME = `SELECT ${asText({ now: ms('clock_timestamp()') })}`

/** Parameters: the schema, and names. Returns those that a partition, or something else in its place, already has. */
export const SELECT_TAKEN = `
  SELECT ${asText({ name: 'relname' })} FROM pg_class
  WHERE relnamespace = to_regnamespace($1) AND relname = ANY ($2::text[])`

/**
 * Parameters: the schema. Whether this role may make partitions. It is asked before it tries, so that a role that may
 * not leaves no errors in the server's log.
 */
export function selectMayMake({ settled }: Names): string {
  return `
    SELECT ${asText({ may: `has_schema_privilege(to_regnamespace($1), 'CREATE') AND pg_has_role(c.relowner, 'USAGE')` })}
    FROM pg_class AS c WHERE c.oid = ${regclass(settled)}`
}

/** The name of the default partition of `settled`, without the schema. */
export const DEFAULT_PARTITION = 'settled_default'

/** Parameters: the start of a day, and a limit. How many rows of the day a table has, up to the limit. */
export function selectWaiting(table: string): string {
  const within = `settled_at >= ${at('$1')} AND settled_at < ${at(`($1::float8 + ${DAY_MS})`)}`
  return `SELECT ${asText({ rows: 'count(*)' })} FROM (SELECT FROM ${table} WHERE ${within} LIMIT $2) AS waiting`
}

/**
 * Makes the partition of a day apart from `settled` and attaches it, so that nobody who writes waits. With a `source`,
 * the table of the default partition, what it has of that day moves.
 */
export function makePartition(
  { quotedSchema, settled }: Names,
  { start, table, source }: Day & { readonly source: string | null },
): readonly string[] {
  const partition = `${quotedSchema}.${table}`
  const [from, to] = [start, start + DAY_MS].map((instant) => `'${new Date(instant).toISOString()}'::timestamptz`)
  const within = `settled_at >= ${from} AND settled_at < ${to}`
  const move = `WITH moved AS (DELETE FROM ${source} WHERE ${within} RETURNING *) INSERT INTO ${partition} SELECT * FROM moved`
  return [
    `CREATE TABLE ${partition} (LIKE ${settled} INCLUDING ALL)`,
    ...(source === null ? [] : [move]),
    `ALTER TABLE ${settled} ATTACH PARTITION ${partition} FOR VALUES FROM (${from}) TO (${to})`,
  ]
}

/**
 * Parameters: the last instant. The partitions whose days are over by then, oldest first, read from their bounds: a
 * host may have made partitions of another width. Leaves out those that this role may not drop.
 */
export function selectExpiredPartitions({ settled }: Names): string {
  const bound = `(regexp_match(pg_get_expr(c.relpartbound, c.oid), $$TO \\('([^']+)'\\)$$))[1]::timestamptz`
  return `
    SELECT ${asText({ partition: 'p.partition' })}
    FROM (
      SELECT format('%I.%I', n.nspname, c.relname) AS partition, ${bound} AS ends
      FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE i.inhparent = ${regclass(settled)}
        AND (pg_has_role(c.relowner, 'USAGE') OR pg_has_role(n.nspowner, 'USAGE'))
    ) AS p
    WHERE p.ends <= ${at('$1')}
    ORDER BY p.ends`
}

/**
 * Parameters: the scheduler, and a limit. Whether a partition has rows of another scheduler, which two probes of an
 * index answer, and otherwise how many of this one, up to the limit.
 */
export function selectContent(partition: string): string {
  const probe = (comparison: string) => `EXISTS (SELECT FROM ${partition} WHERE scheduler ${comparison} $1)`
  const own = `SELECT count(*) FROM (SELECT FROM ${partition} WHERE scheduler = $1 LIMIT $2) AS counted`
  return `
    SELECT ${asText({ others: 'p.others', own: `CASE WHEN p.others THEN 0 ELSE (${own}) END` })}
    FROM (SELECT ${probe('<')} OR ${probe('>')} AS others OFFSET 0) AS p`
}

/**
 * Parameters: the scheduler, the instant, and the limit. Deletes row by row what could not be dropped: the rows of one
 * of several schedulers, those without a partition, all where the role may not drop. Skips rows that another pruner has
 * locked.
 */
export function deleteSettled({ settled }: Names): string {
  return `
    WITH old AS (
      SELECT id, settled_at FROM ${settled}
      WHERE scheduler = $1 AND settled_at < ${at('$2')}
      ORDER BY settled_at
      LIMIT $3
      FOR UPDATE SKIP LOCKED
    )
    DELETE FROM ${settled} AS l USING old WHERE l.id = old.id AND l.settled_at = old.settled_at
    RETURNING ${asText({ id: 'l.id' })}`
}

function regclass(table: string): string {
  return `to_regclass('${table.replaceAll("'", "''")}')`
}
