import { SchedulerError } from '@pm/scheduler-core'

import { integer, type QueryTarget, queryRows } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { REQUIRED_VERSION, STEPS } from './steps.ts'

/** The number that our migrations lock on, beside a hash of the schema's name. Drawn once. */
const LOCK_CLASS = 1_836_247_099

/**
 * Brings the schema up to a version, inside the caller's transaction, which holds the lock of this schema's migrations
 * to its end: of several callers one does the work and the others find it done, and one that is killed leaves nothing.
 *
 * @returns the versions that were applied here.
 * @throws SchedulerError `SCHEMA_NOT_READY` when the schema is newer than this release knows.
 */
export async function applySteps(target: QueryTarget, names: Names, upTo: number): Promise<readonly number[]> {
  await queryRows(target, 'SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCK_CLASS, names.schema])
  await queryRows(target, `CREATE SCHEMA IF NOT EXISTS ${names.schema}`)
  await queryRows(target, CREATE_MIGRATION_TABLE(names))
  const found = await versionOf(target, names)
  if (found > REQUIRED_VERSION) throw schemaNotReady(found)
  const pending = STEPS.filter(({ version }) => version > found && version <= upTo)
  for (const step of pending) {
    for (const statement of step.statements(names)) await queryRows(target, statement)
    await queryRows(target, `INSERT INTO ${names.migration} (version, name) VALUES ($1, $2)`, [step.version, step.name])
  }
  return pending.map(({ version }) => version)
}

/** The version of the schema; 0 when it is not there. */
export async function readVersion(target: QueryTarget, names: Names): Promise<number> {
  const [row] = await queryRows(target, 'SELECT to_regclass($1) IS NOT NULL AS exists', [names.migration])
  return row?.['exists'] === true ? versionOf(target, names) : 0
}

/** @throws SchedulerError `SCHEMA_NOT_READY` unless the schema is at the version that this release works with. */
export async function assertVersion(target: QueryTarget, names: Names): Promise<void> {
  const found = await readVersion(target, names)
  if (found !== REQUIRED_VERSION) throw schemaNotReady(found)
}

async function versionOf(target: QueryTarget, { migration }: Names): Promise<number> {
  const [row] = await queryRows(target, `SELECT coalesce(max(version), 0) AS version FROM ${migration}`)
  return row ? integer(row, 'version') : 0
}

function schemaNotReady(found: number): SchedulerError<'SCHEMA_NOT_READY'> {
  const required = String(REQUIRED_VERSION)
  return new SchedulerError('SCHEMA_NOT_READY', { found: found === 0 ? '0 (not migrated)' : String(found), required })
}

const CREATE_MIGRATION_TABLE = ({ migration }: Names) => `
  CREATE TABLE IF NOT EXISTS ${migration} (version int PRIMARY KEY, name text NOT NULL)`
