import type { Logger } from '@pm/scheduler-core'
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'

/**
 * Answers with `application/problem+json` (RFC 9457): without a stack and without parts of the request. `waitMs` is what a
 * 429 or 503 asks the client to wait.
 */
export function sendProblem(response: Response, status: keyof typeof TITLES, waitMs = 5_000): void {
  if (status === 401) response.set('WWW-Authenticate', 'Bearer')
  if (status === 429 || status === 503) response.set('Retry-After', retryAfter(waitMs))
  response.status(status).type('application/problem+json').set('Cache-Control', 'no-store')
  response.send(JSON.stringify({ type: 'about:blank', title: TITLES[status], status }))
}

/** The header in whole seconds, never too early. */
export function retryAfter(waitMs: number): string {
  return String(Math.max(1, Math.ceil(waitMs / 1_000)))
}

const TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const

export const notFound: RequestHandler = (_request, response) => sendProblem(response, 404)

/** The final error handler: answers a malformed request with 4xx; logs every other error. */
export function answerError(logger: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    const status = statusOf(error)
    if (status >= 500) logger.error({ error, method: request.method, path: request.path }, 'a request failed')
    if (response.headersSent) return next(error)
    sendProblem(response, status)
  }
}

/**
 * The status for an error: its own 4xx if a parser or the router threw it, 503 for an unavailable store, otherwise 500.
 */
function statusOf(error: unknown): keyof typeof TITLES {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500
  return status === 400 || status === 413 || status === 415 || status === 503 ? status : 500
}
