import type { StoredCause, StoredError } from '@pm/scheduler-core'
import { CAUSE_KINDS } from '@pm/scheduler-core/store'

import { corrupt } from '../query.ts'
import { countOf, type Fields, objectOf, textOf } from './stored-json.ts'

/** What an error has beside code, name and message, as it is stored; `null` when it has nothing more. */
export function errorMoreJson(error: StoredError | null): string | null {
  if (error === null) return null
  const { sqlState, httpStatus, causes, stack } = error
  const more = JSON.stringify({ sqlState, httpStatus, causes: causes?.map(inOrder), stack })
  return more === '{}' ? null : more
}

/**
 * Reads it again, with its fields in their one order.
 *
 * @throws SchedulerError `STORE_CORRUPT` for anything that `errorMoreJson` does not write.
 */
export function readErrorMore(stored: unknown): Omit<StoredError, 'code' | 'name' | 'message'> {
  const fields: Fields<Field> = objectOf('error_more', stored)
  const { causes, stack } = fields
  if (causes !== undefined && !Array.isArray(causes)) throw corrupt('error_more.causes', causes)
  return {
    ...codesOf(fields),
    ...(causes !== undefined && { causes: causes.map(readCause) }),
    ...(stack !== undefined && { stack: textOf('error_more.stack', stack) }),
  }
}

/** Its fields in their one order, so that equal errors are equal texts. */
function inOrder({ kind, depth, code, name, message, sqlState, httpStatus }: StoredCause) {
  return { kind, depth, code, name, message, sqlState, httpStatus }
}

function readCause(stored: unknown): StoredCause {
  const fields: Fields<Field> = objectOf('error_more.causes', stored)
  const { kind, depth, code, name, message } = fields
  const known = CAUSE_KINDS.find((each) => each === kind)
  if (known === undefined) throw corrupt('error_more.causes.kind', kind)
  return {
    kind: known,
    depth: countOf('error_more.causes.depth', depth),
    code: code === null ? null : textOf('error_more.causes.code', code),
    name: textOf('error_more.causes.name', name),
    message: textOf('error_more.causes.message', message),
    ...codesOf(fields),
  }
}

function codesOf({ sqlState, httpStatus }: Fields<Field>): Pick<StoredCause, 'sqlState' | 'httpStatus'> {
  return {
    ...(sqlState !== undefined && { sqlState: textOf('error_more.sqlState', sqlState) }),
    ...(httpStatus !== undefined && { httpStatus: countOf('error_more.httpStatus', httpStatus) }),
  }
}

type Field = keyof StoredError | keyof StoredCause
