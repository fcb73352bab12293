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
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
        incoming.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    if (bytes) outgoing.write(bytes)
    outgoing.end()
  })
}

function toBytes(body: Sent['body']): Uint8Array | null {
  if (body === undefined) return null
  if (body instanceof Uint8Array) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}
