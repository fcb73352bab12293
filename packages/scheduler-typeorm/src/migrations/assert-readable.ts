import { SchedulerError } from '@pm/scheduler-core'

import type { Names } from '../sql/names.ts'
import type { FoundSchema } from './inspect-schema.ts'
import { type MigrationStep, versionOf } from './steps.ts'

/**
 * Checks that this release can work with the tables. It can work with newer tables when the release that made them
 * recorded so.
 *
 * @throws SchedulerError `SCHEMA_OF_EARLIER_BUILD` when other steps than ours made the tables, `SCHEMA_NOT_READY` when
 *   they are newer than this release can work with.
 */
export function assertReadable(found: FoundSchema, { schema }: Names, steps: readonly MigrationStep[]): void {
  const foreign = found.applied.findLast(({ version, name }) => isForeign({ version, name }, steps))
  if (foreign) throw new SchedulerError('SCHEMA_OF_EARLIER_BUILD', { schema, step: foreign.name })
  const required = versionOf(steps)
  if (found.version > required && found.readableFrom > required) throw schemaNotReady(found, steps)
}

/** Like `assertReadable`, and also checks that every step of this release was applied. */
export function assertReady(found: FoundSchema, names: Names, steps: readonly MigrationStep[]): void {
  assertReadable(found, names, steps)
  if (found.version < versionOf(steps)) throw schemaNotReady(found, steps)
}

/**
 * A newer release has all our steps under the same names. Only builds before 0.1.0 used other names for the same
 * versions.
 */
function isForeign(applied: { readonly version: number; readonly name: string }, steps: readonly MigrationStep[]) {
  const ours = steps.find(({ version }) => version === applied.version)
  return ours !== undefined && ours.name !== applied.name
}

function schemaNotReady(
  { version, readableFrom }: FoundSchema,
  steps: readonly MigrationStep[],
): SchedulerError<'SCHEMA_NOT_READY'> {
  const required = versionOf(steps)
  const newer = `${version} (readable from ${readableFrom})`
  const found = version === 0 ? '0 (not migrated)' : version > required ? newer : String(version)
  return new SchedulerError('SCHEMA_NOT_READY', { found, required: String(required) })
}
