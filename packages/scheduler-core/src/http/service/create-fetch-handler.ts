import { SchedulerError } from '../../errors.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { bodyAlreadyRead } from '../exchange/kept-body.ts'
import { toProblem } from '../exchange/problem.ts'
import { bodyTooLarge } from '../exchange/read-json-body.ts'
import type { PlainRequest, RequestBody } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import { toReadableStream } from '../exchange/to-readable-stream.ts'
import { createHttpService } from './create-http-service.ts'
import { type HttpSite, toSite } from './http-site.ts'
import type { HttpServiceOptions } from './options.ts'

export interface FetchHandler {
  (request: Request): Promise<Response>
  /** Ends every event stream, and refuses new ones. Call it before you close the server. */
  closeStreams(): void
}

export type FetchHandlerOptions = HttpServiceOptions<Request> & FetchMountOptions

export interface FetchMountOptions {
  /** Where the routes or pages are mounted, such as `/api/v1/admin/scheduler` (default the root). */
  readonly basePath?: string
}

/** The routes of one view as a function from `Request` to `Response`, for every framework with these types. */
export function createFetchHandler(scheduler: Scheduler, options: FetchHandlerOptions): FetchHandler {
  const { basePath = '', ...rest } = { ...options }
  return createSiteFetchHandler(toSite(createHttpService<Request>(scheduler, rest)), { basePath })
}

/** A site as a function from `Request` to `Response`. Answers 404 to paths that are not below `basePath`. */
export function createSiteFetchHandler(
  site: HttpSite<Request>,
  { basePath = '' }: FetchMountOptions = {},
): FetchHandler {
  const mount = basePath.replace(/\/+$/, '')
  const handle = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const path = url.pathname.slice(mount.length)
    const isBelow = url.pathname.startsWith(mount) && (path === '' || path.startsWith('/'))
    if (!isBelow) return toResponse(toProblem(new SchedulerError('NOT_FOUND', {})))
    return toResponse(await site.answer({ path, mount, request: toPlainRequest(request, url), native: request }))
  }
  return Object.assign(handle, { closeStreams: () => site.closeStreams() })
}

function toPlainRequest(request: Request, url: URL): PlainRequest {
  return {
    method: request.method,
    params: {},
    query: url.search.slice(1),
    // What the sender asked for. Some servers write their own name into the URL: Next has its localhost there.
    hosts: [request.headers.get('host') ?? url.host],
    get signal() {
      return request.signal
    },
    header: (name) => request.headers.get(name),
    readBody: (limitBytes) => readBody(request, limitBytes),
  }
}

function toResponse({ status, headers, body, stream }: PlainResponse): Response {
  if (stream) return new Response(toReadableStream(stream), { status, headers })
  return new Response(body && new Uint8Array(body), { status, headers })
}

async function readBody({ body: stream, bodyUsed, headers }: Request, limitBytes: number): Promise<RequestBody> {
  // Where none was sent, whoever has read it has lost nothing.
  if (headers.get('content-length') === '0') return { kind: 'none' }
  if (bodyUsed || stream?.locked) throw bodyAlreadyRead()
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
