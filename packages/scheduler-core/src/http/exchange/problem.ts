import type { Problem } from '../../contract/problem.ts'
import { type ErrorCode, type ErrorDetails, isSchedulerError, SchedulerError } from '../../errors.ts'
import { json, type PlainResponse } from './response.ts'
import { inWireNames, inWireTerms, inWords } from './wire-terms.ts'

/** Any thrown value as the error that a route answers with. An error of another kind becomes `INTERNAL`. */
export function toSchedulerError(thrown: unknown): SchedulerError {
  return isSchedulerError(thrown) ? thrown : new SchedulerError('INTERNAL', {}, { cause: thrown })
}

/**
 * The answer to a request that failed (RFC 9457): the code of the catalogue and its status. No stack, no cause, and no text
 * of the caller.
 */
export function toProblem(error: SchedulerError): PlainResponse {
  const { status, code } = error
  const detail = detailOf(error)
  const problem: Problem = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    code,
    ...(detail !== null && { detail }),
    ...currentVersionOf(error),
  }
  const headers = { 'content-type': 'application/problem+json; charset=utf-8', ...headersOf(error) }
  return json(problem, { status, headers })
}

/** The titles of the statuses (RFC 9110). */
export const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** The errors of these codes repeat the caller's words in their messages, so their answers use these texts. */
const OTHER_WORDS: Partial<Record<ErrorCode, string>> = {
  JOB_NOT_FOUND: 'There is no such job.',
  RUN_NOT_FOUND: 'There is no such run.',
  RUN_NOT_RUNNING: 'The run is not running.',
}

function detailOf(error: SchedulerError): string | null {
  if (error.status >= 500 && !isSchedulerError(error, 'BODY_ALREADY_READ')) return null
  if (isSchedulerError(error, 'INVALID_OPTIONS')) return inWords(inWireTerms(error.details))
  if (isSchedulerError(error, 'INVALID_INPUT')) return inputDetail(error.details)
  if (isSchedulerError(error, 'INVALID_REQUEST')) return requestDetail(error.details)
  if (isSchedulerError(error, 'JOB_RENAMED')) return `The job is called "${error.details.to}" now.`
  return OTHER_WORDS[error.code] ?? error.message
}

/** In the terms of the request, and without what came. */
function inputDetail({ path, received: _, ...terms }: ErrorDetails<'INVALID_INPUT'>): string {
  return inWords({ ...terms, path: `body.${path}` })
}

/** Stores refuse a cursor without knowing that it came in a query. */
function requestDetail({ path, expected, ...terms }: ErrorDetails<'INVALID_REQUEST'>): string {
  return inWords({ ...terms, path: path === 'cursor' ? 'query.cursor' : path, expected: inWireNames(expected) })
}

function currentVersionOf(error: SchedulerError): Pick<Problem, 'current_version'> {
  const isStale = isSchedulerError(error, 'CONTROL_CONFLICT') || isSchedulerError(error, 'PRECONDITION_FAILED')
  return isStale ? { current_version: error.details.actual } : {}
}

const RETRY_AFTER_SECONDS = 5

function headersOf(error: SchedulerError): Record<string, string> {
  if (error.status === 401) return { 'www-authenticate': 'Bearer' }
  if (error.status === 503) return { 'retry-after': String(RETRY_AFTER_SECONDS) }
  if (isSchedulerError(error, 'TOO_MANY_REQUESTS')) return { 'retry-after': String(error.details.retryAfterSeconds) }
  if (isSchedulerError(error, 'METHOD_NOT_ALLOWED')) return { allow: error.details.allow }
  return {}
}
