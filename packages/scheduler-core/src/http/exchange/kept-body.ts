import { SchedulerError } from '../../errors.ts'
import type { RequestBody } from './request.ts'

/** What the body of a request of Node is judged by. */
export interface NodeRequest {
  readonly httpVersionMajor: number
  readonly headers: {
    readonly 'content-length'?: string | undefined
    readonly 'transfer-encoding'?: string | undefined
  }
  readonly readableDidRead: boolean
  readonly readableEnded: boolean
  /** Where Express, Nest and Next keep a body that they have read; other hosts put it there. */
  readonly body?: unknown
}

/** HTTP/2 announces no length. */
export function mayHaveBody({ headers, httpVersionMajor }: NodeRequest): boolean {
  if (headers['transfer-encoding'] !== undefined) return true
  return headers['content-length'] === undefined ? httpVersionMajor > 1 : headers['content-length'] !== '0'
}

/** Whether something has read the body before us, or begun to. */
export function isBodyRead({ readableDidRead, readableEnded }: NodeRequest): boolean {
  return readableDidRead || readableEnded
}

/** The body as its reader kept it. Throws `BODY_ALREADY_READ` when there was one, and it is not kept. */
export function keptBody(request: NodeRequest): RequestBody {
  const { body } = request
  if (body === undefined || isStandIn(request)) {
    if (request.readableDidRead) throw bodyAlreadyRead()
    return { kind: 'bytes', bytes: new Uint8Array() }
  }
  if (typeof body === 'string') return { kind: 'bytes', bytes: new TextEncoder().encode(body) }
  return body instanceof Uint8Array ? { kind: 'bytes', bytes: body } : { kind: 'parsed', value: body }
}

export function bodyAlreadyRead(): SchedulerError {
  return new SchedulerError('BODY_ALREADY_READ', {})
}

/**
 * The parsers of Express 4 put an empty object on requests that they do not parse, and set `_body` on those that they do.
 * An empty object of any other make is as suspect. Fewer bytes than a field takes are the empty object itself.
 */
function isStandIn({ body, _body, headers }: NodeRequest & { readonly _body?: unknown }): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || body instanceof Uint8Array) return false
  if (_body === true || Object.keys(body).length > 0) return false
  return Number(headers['content-length'] ?? SHORTEST_FIELD) >= SHORTEST_FIELD
}

/** The bytes of `{"":0}`. */
const SHORTEST_FIELD = 6
