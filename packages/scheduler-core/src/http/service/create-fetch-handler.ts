import type { Scheduler } from '../../scheduler-api.ts'
import { matchPath } from '../exchange/match-path.ts'
import { bodyTooLarge } from '../exchange/read-json-body.ts'
import type { PlainRequest, RequestBody } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import { toReadableStream } from '../exchange/to-readable-stream.ts'
import { createHttpService } from './create-http-service.ts'
import type { HttpServiceOptions } from './options.ts'

export interface FetchHandler {
  (request: Request): Promise<Response>
  /** Ends every event stream, and refuses new ones. Call it before you close the server. */
  closeStreams(): void
}

export type FetchHandlerOptions = HttpServiceOptions<Request> & {
  /** Where the routes are mounted, such as `/api/v1/admin/scheduler` (default the root). */
  readonly basePath?: string
}

/** The routes of one view as a function from `Request` to `Response`, for every framework with these types. */
export function createFetchHandler(scheduler: Scheduler, options: FetchHandlerOptions): FetchHandler {
  const { basePath = '', ...rest } = { ...options }
  const base = basePath.replace(/\/+$/, '')
  const service = createHttpService<Request>(scheduler, rest)
  const handle = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const below = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : null
    const match = below === null ? null : matchPath(service.paths, below)
    if (!match) return toResponse(service.refuseUnknown())
    if (!match.params) return toResponse(service.refuseMalformed())
    const plain = toPlainRequest(request, url, match.params)
    return toResponse(await service.answer({ path: match.path, request: plain, native: request }))
  }
  return Object.assign(handle, { closeStreams: service.closeStreams })
}

function toPlainRequest(request: Request, url: URL, params: PlainRequest['params']): PlainRequest {
  return {
    method: request.method,
    params,
    query: url.search.slice(1),
    hosts: [url.host],
    header: (name) => request.headers.get(name),
    readBody: (limitBytes) => readBody(request.body, limitBytes),
  }
}

function toResponse({ status, headers, body, stream }: PlainResponse): Response {
  if (stream) return new Response(toReadableStream(stream), { status, headers })
  return new Response(body && new Uint8Array(body), { status, headers })
}

async function readBody(stream: ReadableStream<Uint8Array> | null, limitBytes: number): Promise<RequestBody> {
  if (stream === null) return { kind: 'none' }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    if (size > limitBytes) throw bodyTooLarge()
    chunks.push(chunk)
  }
  return { kind: 'bytes', bytes: concat(chunks, size) }
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}
