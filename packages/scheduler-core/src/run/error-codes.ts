import { isSchedulerError } from '../errors.ts'
import type { Redact } from '../redact/redact.ts'
import { read } from './read-thrown.ts'

/** The machine codes that a thrown value carries itself, without those of its causes. */
export interface ErrorCodes {
  /** Its own `code`, when it is a word; else `SQLSTATE_` or `HTTP_` with the code below; `null` without any. */
  readonly code: string | null
  /** The five characters of an error of an SQL database. */
  readonly sqlState: string | null
  /** The status of an HTTP response that it stands for, from 100 to 599. */
  readonly httpStatus: number | null
}

const MACHINE_CODE = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/
/** The classes of the SQL standard and of PostgreSQL. No code of Node has this form: `EPIPE` and `E2BIG` begin with E. */
const SQLSTATE = /^(?:[0-57][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/

/** Reads the codes of a thrown value. A code with a secret in it is left out. */
export function codesOf(thrown: unknown, redact: Redact): ErrorCodes {
  const own = read(thrown, 'code')
  const isWord = typeof own === 'string' && redact(own) === own
  const sqlState = isWord && SQLSTATE.test(own) ? own : sqlStateIn(thrown)
  const httpStatus = httpStatusOf(thrown)
  return { code: codeOf(), sqlState, httpStatus }

  function codeOf(): string | null {
    if (isWord && own !== sqlState && MACHINE_CODE.test(own)) return own
    if (sqlState !== null) return `SQLSTATE_${sqlState}`
    return httpStatus === null ? null : `HTTP_${httpStatus}`
  }
}

/** Some drivers and ORMs tell it in a field of its own. */
function sqlStateIn(thrown: unknown): string | null {
  for (const key of ['sqlState', 'sqlstate']) {
    const state = read(thrown, key)
    if (typeof state === 'string' && SQLSTATE.test(state)) return state
  }
  return null
}

/**
 * The status of the response, as `fetch` libraries, axios, got and the errors of servers tell it. Our own errors name the
 * status that our routes answer, which is of no response that the handler got.
 */
function httpStatusOf(thrown: unknown): number | null {
  if (isSchedulerError(thrown)) return null
  const response = read(thrown, 'response')
  for (const status of [
    read(response, 'status'),
    read(response, 'statusCode'),
    read(thrown, 'statusCode'),
    read(thrown, 'status'),
  ]) {
    if (typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599) return status
  }
  return null
}
