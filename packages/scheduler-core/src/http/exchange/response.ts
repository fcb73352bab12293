import { isMatched } from './if-none-match.ts'
import type { PlainRequest } from './request.ts'
import type { ResponseStream } from './response-stream.ts'

/** An answer as every adapter gets it. Header names are lower case; a body has its length. */
export interface PlainResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
  /** Instead of a body. An adapter that does not open it has to close it. */
  readonly stream?: ResponseStream
}

export interface JsonOptions {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer in JSON: 200 and never stored, unless the options say otherwise. */
export function json(value: object, { status = 200, headers = {} }: JsonOptions = {}): PlainResponse {
  const body = new TextEncoder().encode(JSON.stringify(value))
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.byteLength),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body,
  }
}

/** An answer that its reader may keep and ask for again: 304 when the reader has this version. */
export function tagged(value: object, etag: string, request: Pick<PlainRequest, 'header'>): PlainResponse {
  const headers = { etag, 'cache-control': 'private, no-cache' }
  if (!isMatched(request.header('if-none-match'), etag)) return json(value, { headers })
  return { status: 304, headers: { ...headers, 'x-content-type-options': 'nosniff' }, body: null }
}
