import { type Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** Objects are sent as JSON with its content type, text as it is. */
  readonly body?: string | Uint8Array | object
  /** Sends the body in chunks, without saying how long it is. */
  readonly chunked?: true
  /** Keeps connections for the next request (default: each has its own). */
  readonly agent?: Agent
}

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One request by node:http: nothing is normalised, added or cached on the way, as `fetch` would. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body, chunked, agent }: Sent = {},
): Promise<Received> {
  const { origin } = new URL(url)
  const bytes = toBytes(body)
  const json = typeof body === 'object' && !(body instanceof Uint8Array)
  const length = bytes === null || chunked ? {} : { 'content-length': String(bytes.byteLength) }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      origin,
      {
        method,
        path: url.slice(origin.length) || '/',
        headers: { ...(json && { 'content-type': 'application/json' }), ...length, ...headers },
        agent: agent ?? false,
      },
      (incoming) => {
        const chunks: Buffer[] = []
        const { statusCode: status = 0, headers } = incoming
        const finish = () => resolve({ status, headers, text: Buffer.concat(chunks).toString('utf8') })
        incoming.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          if (!isFirstEvent(headers, chunks)) return
          finish()
          incoming.destroy()
        })
        incoming.on('end', finish)
        incoming.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    if (bytes) outgoing.write(bytes)
    outgoing.end()
  })
}

/** A stream of events goes on: its first one is taken for the answer. */
function isFirstEvent(headers: IncomingHttpHeaders, chunks: readonly Buffer[]): boolean {
  if (headers['content-type'] !== 'text/event-stream') return false
  return /\ndata: .*\n\n$/.test(Buffer.concat(chunks).toString('utf8'))
}

function toBytes(body: Sent['body']): Uint8Array | null {
  if (body === undefined) return null
  if (body instanceof Uint8Array) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}
