import { MAX_ERROR_MESSAGE, MAX_ERROR_NAME, MAX_ERROR_STACK } from '../limits.ts'
import type { Redact } from '../redact/redact.ts'
import { cleanText } from './clean-text.ts'
import { describeThrown, nameOf } from './describe-thrown.ts'
import { causesOf } from './error-causes.ts'
import { codesOf } from './error-codes.ts'
import { read } from './read-thrown.ts'
import type { StoredCause } from './stored-cause.ts'

/** An error as the ledger keeps it: capped, valid text, redacted. */
export interface StoredError {
  /**
   * A machine code: our own or the thrown error's `code`; else `SQLSTATE_23505` or `HTTP_503`; else the first such code
   * of its causes; else `HANDLER_FAILED`.
   */
  readonly code: string
  readonly name: string
  /** Never empty. */
  readonly message: string
  /** The five characters of an error of an SQL database, as in `23505`. Absent when the error has none itself. */
  readonly sqlState?: string
  /** The status of the HTTP response that the error stands for. Absent when it has none itself. */
  readonly httpStatus?: number
  /** What is behind it, each before its own causes: at most 10, at most 5 deep. Absent when there is nothing. */
  readonly causes?: readonly StoredCause[]
  /** Where it was thrown. Only with the scheduler's `storeStacks`. */
  readonly stack?: string
}

/** How thrown values become stored errors in one scheduler. */
export interface StoredErrorOptions {
  readonly redact: Redact
  /** Whether to keep the stack too (default false). */
  readonly withStack?: boolean
}

/**
 * Converts a thrown value for the ledger. It never throws itself: not for `null`, strings, circular objects, getters
 * that throw, or huge or malformed text.
 */
export function toStoredError(thrown: unknown, { redact, withStack = false }: StoredErrorOptions): StoredError {
  const { code, sqlState, httpStatus } = codesOf(thrown, redact)
  const causes = causesOf(thrown, redact)
  const stack = withStack ? read(thrown, 'stack') : undefined
  return {
    code: code ?? causes.find((cause) => cause.code !== null)?.code ?? 'HANDLER_FAILED',
    name: cleanText(nameOf(thrown), { redact, limit: MAX_ERROR_NAME }),
    message: cleanText(describeThrown(thrown), { redact, limit: MAX_ERROR_MESSAGE }),
    ...(sqlState !== null && { sqlState }),
    ...(httpStatus !== null && { httpStatus }),
    ...(causes.length > 0 && { causes }),
    ...(typeof stack === 'string' && { stack: cleanText(stack, { redact, limit: MAX_ERROR_STACK }) }),
  }
}

/** Converts thrown values as the options of one scheduler say. */
export type ToStoredError = (thrown: unknown, options?: Pick<StoredErrorOptions, 'withStack'>) => StoredError

export function createToStoredError(options: StoredErrorOptions): ToStoredError {
  return (thrown, given) => toStoredError(thrown, { ...options, ...given })
}
