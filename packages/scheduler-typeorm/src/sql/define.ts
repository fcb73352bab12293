import { at } from './instants.ts'
import type { Names } from './names.ts'
import { rowset } from './rowset.ts'

export const HOLDING_SHAPE = { job: 'text', key: 'text', digest: 'text' } as const
export const LEAVE_SHAPE = { instance: 'text', left_at: 'float8' } as const
export const END_SHAPE = { job: 'text', until_at: 'float8' } as const
export const BEGIN_SHAPE = {
  job: 'text',
  key: 'text',
  digest: 'text',
  since_at: 'float8',
  definition: 'jsonb',
} as const

/**
 * Parameters: the scheduler, the instance, now, its lease, the version of its time zone data, its host, process and
 * version, and its role.
 */
export function enterInstance({ instance }: Names): string {
  return `
    INSERT INTO ${instance} (scheduler, instance, first_seen_at, last_seen_at, lease_ms, time_zone_data, host, pid, version, role)
    VALUES ($1, $2, ${at('$3')}, ${at('$3')}, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (scheduler, instance)
    DO UPDATE SET last_seen_at = greatest(${instance}.last_seen_at, excluded.last_seen_at),
      lease_ms = excluded.lease_ms, left_at = NULL, time_zone_data = excluded.time_zone_data,
      host = excluded.host, pid = excluded.pid, version = excluded.version,
      role = excluded.role`
}

/** Parameters: the scheduler, and instances. Deletes what they have. */
export function deleteHoldings({ holding }: Names): string {
  return `DELETE FROM ${holding} WHERE scheduler = $1 AND instance = ANY ($2::text[])`
}

/** Parameters: the scheduler, the instance, and the jobs that it has. */
export function insertHoldings({ holding }: Names): string {
  return `
    INSERT INTO ${holding} (scheduler, instance, job, key, digest)
    SELECT $1, $2, h.job, h.key, h.digest FROM ${rowset(HOLDING_SHAPE, 'h', 3)}`
}

/** Parameters: the scheduler, and instances with the instants since when they are gone. */
export function leaveInstances({ instance }: Names): string {
  return `
    UPDATE ${instance} AS i SET left_at = ${at('l.left_at')}
    FROM ${rowset(LEAVE_SHAPE, 'l', 2)}
    WHERE i.scheduler = $1 AND i.instance = l.instance`
}

/**
 * Parameters: the scheduler, the new version of the definitions, and the jobs whose definition ends. Their names are also
 * asked for as an array, so that no plan reads the definitions of all jobs.
 */
export function endDefinitions({ definition, job }: Names): string {
  return `
    WITH ended AS (
      UPDATE ${definition} AS d SET until_at = ${at('e.until_at')}, version = $2
      FROM ${rowset(END_SHAPE, 'e', 3)}
      WHERE d.scheduler = $1 AND d.job = ANY ($3::text[]) AND d.job = e.job AND d.until_at IS NULL
      RETURNING d.job, d.until_at
    )
    UPDATE ${job} AS j SET retired_at = ended.until_at
    FROM ended WHERE j.scheduler = $1 AND j.job = ANY ($3::text[]) AND j.job = ended.job`
}

/** Parameters: the scheduler, the new version of the definitions, and the definitions that begin. */
export function beginDefinitions({ definition, job }: Names): string {
  return `
    WITH begun AS (
      INSERT INTO ${definition} (scheduler, job, began, version, since_at, key, digest, definition)
      SELECT $1, b.job, $2, $2, ${at('b.since_at')}, b.key, b.digest, b.definition
      FROM ${rowset(BEGIN_SHAPE, 'b', 3)}
      RETURNING job
    )
    UPDATE ${job} AS j SET retired_at = NULL
    FROM begun WHERE j.scheduler = $1 AND j.job = ANY ($3::text[]) AND j.job = begun.job AND j.retired_at IS NOT NULL`
}

/** Parameters: the scheduler, and the new version of the definitions. The caller has locked the row. */
export function setDefinitions({ scheduler }: Names): string {
  return `UPDATE ${scheduler} SET definitions = $2 WHERE scheduler = $1`
}
