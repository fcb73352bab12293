import type { CommandOptions, CommandResult } from '../../api/commands.ts'
import { isSchedulerError, SchedulerError } from '../../errors.ts'
import { fingerprintOf } from '../../ids.ts'
import { plainTag } from '../exchange/plain-tag.ts'
import type { PlainRequest } from '../exchange/request.ts'

/** The tag of the settings made at run time, after a command that set some. */
export function configTag(version: number): string {
  return `"${version}"`
}

/** The tag of the settings as they were shown: of one version readers of different jobs are shown different ones. */
export function shownConfigTag(version: number, shown: object): string {
  return `"${version}.${fingerprintOf(shown)}"`
}

/**
 * The tag of a job as it was shown: of its configuration, and of the snapshot with everything that changes by itself.
 */
export function jobTag({ version, snapshotId }: { readonly version: number; readonly snapshotId: string }): string {
  return `"${version}.${snapshotId}"`
}

/**
 * Carries out a change under the precondition of `If-Match` (RFC 9110 section 13.1.1): a tag of this configuration or
 * of a job, with the present version. Throws `PRECONDITION_FAILED` with the present version otherwise.
 */
export async function ifMatch<T extends CommandResult>(
  request: PlainRequest,
  { options, apply }: { readonly options: CommandOptions; readonly apply: (options: CommandOptions) => Promise<T> },
): Promise<T> {
  const header = request.header('if-match')?.trim() ?? '*'
  if (header === '*') return apply(options)
  const expectedVersion = versionIn(header)
  if ((options.expectedVersion ?? expectedVersion) !== expectedVersion) throw invalid()
  try {
    return await apply({ ...options, expectedVersion })
  } catch (error) {
    if (!isSchedulerError(error, 'CONTROL_CONFLICT')) throw error
    throw new SchedulerError('PRECONDITION_FAILED', { actual: error.details.actual }, { cause: error })
  }
}

/** A tag of another origin matches nothing. */
const MATCHES_NOTHING = -1

/**
 * A proxy that compresses answers makes tags weak, as nginx does, or adds the coding to them, as Apache and Caddy do. The
 * version in them is still ours: it names a state and no bytes.
 */
function versionIn(header: string): number {
  if (!ENTITY_TAG.test(header)) throw invalid()
  const [, version] = /^"(\d{1,15})(?:\.[\w-]{1,100})?"$/.exec(plainTag(header)) ?? []
  return version === undefined ? MATCHES_NOTHING : Number(version)
}

const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

function invalid(): SchedulerError {
  const expected = 'one ETag of the configuration, equal to expected_version where both are given'
  return new SchedulerError('INVALID_REQUEST', { path: 'header.if-match', expected })
}
