import { bodyTooLarge, type PlainRequest, type RequestBody } from '@pm/scheduler-core/http'
import type { Request } from 'express'

/** Translates an Express request for the routes of core. Each property is computed when it is read. */
export function toPlainRequest(req: Request): PlainRequest {
  return new ExpressRequest(req)
}

class ExpressRequest implements PlainRequest {
  readonly #req: Request

  constructor(req: Request) {
    this.#req = req
  }

  get method(): string {
    return this.#req.method
  }

  get params(): PlainRequest['params'] {
    return Object.fromEntries(Object.entries(this.#req.params).map(([name, value]) => [name, String(value)]))
  }

  get query(): string {
    const { url } = this.#req
    const mark = url.indexOf('?')
    return mark === -1 ? '' : url.slice(mark + 1)
  }

  /** The requested host and, if the app trusts its proxy, the host that was requested from the proxy. */
  get hosts(): readonly string[] {
    const {
      headers: { host },
      hostname,
    } = this.#req
    const asked = host === undefined ? [] : [host]
    return host?.replace(/:\d+$/, '') === hostname || !hostname ? asked : [...asked, hostname]
  }

  header(name: string): string | null {
    const value = this.#req.headers[name]
    return Array.isArray(value) ? value.join(', ') : (value ?? null)
  }

  readBody(limitBytes: number): Promise<RequestBody> {
    return readBody(this.#req, limitBytes)
  }
}

async function readBody(req: Request, limitBytes: number): Promise<RequestBody> {
  if (!mayHaveBody(req)) return { kind: 'none' }
  if (!req.readableDidRead) return readStream(req, limitBytes)
  const parsed: unknown = req.body
  if (parsed === undefined)
    throw new Error('A middleware read the body before the scheduler router and did not keep it.')
  if (typeof parsed === 'string') return { kind: 'bytes', bytes: Buffer.from(parsed) }
  return parsed instanceof Uint8Array ? { kind: 'bytes', bytes: parsed } : { kind: 'parsed', value: parsed }
}

function mayHaveBody({ headers, httpVersionMajor }: Request): boolean {
  if (headers['transfer-encoding'] !== undefined) return true
  return headers['content-length'] === undefined ? httpVersionMajor > 1 : headers['content-length'] !== '0'
}

/** Stops reading at the limit but keeps the connection open, so that the refusal reaches the sender. */
function readStream(req: Request, limitBytes: number): Promise<RequestBody> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer) => {
      size += chunk.byteLength
      if (size <= limitBytes) chunks.push(chunk)
      else {
        req.off('data', take)
        reject(bodyTooLarge())
      }
    }
    req.on('data', take)
    req.once('end', () => resolve({ kind: 'bytes', bytes: Buffer.concat(chunks) }))
    req.once('error', reject)
    req.once('close', () => reject(new Error('The connection was closed before the body had arrived.')))
  })
}
