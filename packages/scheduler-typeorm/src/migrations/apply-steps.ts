import { type QueryTarget, queryRows } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { assertNoStrangers } from './assert-no-strangers.ts'
import { assertReadable } from './assert-readable.ts'
import { type FoundSchema, inspectSchema } from './inspect-schema.ts'
import { madeBySteps } from './made-by-steps.ts'
import { type MigrationStep, versionOf } from './steps.ts'

/**
 * First key of the advisory lock of our migrations; the second is a hash of the schema's name. A random number, drawn
 * once.
 */
const LOCK_CLASS = 1_836_247_099

export interface StepsToApply {
  /** All steps of this release. */
  readonly steps: readonly MigrationStep[]
  /** The last version to apply (default: that of the release). */
  readonly upTo?: number
}

/**
 * Brings the schema up to a version inside the caller's transaction. The transaction holds the migration lock of this
 * schema until it ends, so that one of several callers does the work and the others find it done. A caller that is
 * killed leaves nothing behind. Only missing objects are created: no right to create is needed for tables that exist or
 * for a schema that the host made.
 *
 * @returns the versions that were applied here.
 * @throws SchedulerError `SCHEMA_NOT_READY` when the tables are newer than this release can read,
 *   `SCHEMA_OF_EARLIER_BUILD` when a build before 0.1.0 made them by other steps, `SCHEMA_OCCUPIED` when the host has
 *   objects with our names in the schema. Nothing has changed then.
 */
export async function applySteps(
  target: QueryTarget,
  names: Names,
  { steps, upTo = versionOf(steps) }: StepsToApply,
): Promise<readonly number[]> {
  await lockMigrations(target, names)
  const found = await inspectSchema(target, names)
  assertReadable(found, names, steps)
  const pending = steps.filter(({ version }) => version > found.version && version <= upTo)
  if (pending.length > 0 && found.exists) await assertNoStrangers(target, names, madeBySteps(pending, names))
  if (!found.hasTable) await begin(target, names, found)
  for (const step of pending) await apply(target, names, { step, madeSchema: !found.exists })
  return pending.map(({ version }) => version)
}

/** Takes the lock of this schema's migrations until the transaction ends. */
export async function lockMigrations(target: QueryTarget, { schema }: Names): Promise<void> {
  await queryRows(target, 'SELECT pg_advisory_xact_lock($1, hashtext($2))::text', [LOCK_CLASS, schema])
}

async function begin(target: QueryTarget, names: Names, { exists }: FoundSchema): Promise<void> {
  if (!exists) await queryRows(target, `CREATE SCHEMA ${names.quotedSchema}`)
  await queryRows(target, CREATE_MIGRATION_TABLE(names))
}

async function apply(
  target: QueryTarget,
  names: Names,
  { step, madeSchema }: { step: MigrationStep; madeSchema: boolean },
): Promise<void> {
  for (const statement of step.statements(names)) await queryRows(target, statement)
  await queryRows(
    target,
    `INSERT INTO ${names.migration} (version, name, readable_from, made_schema) VALUES ($1, $2, $3, $4)`,
    [step.version, step.name, step.readableFrom, madeSchema],
  )
}

const CREATE_MIGRATION_TABLE = ({ migration }: Names) => `
  CREATE TABLE ${migration} (
    version int PRIMARY KEY,
    name text NOT NULL,
    readable_from int NOT NULL,
    made_schema boolean NOT NULL
  )`
