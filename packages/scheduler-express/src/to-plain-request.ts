import {
  bodyTooLarge,
  hangUpOf,
  isBodyRead,
  keptBody,
  mayHaveBody,
  type PlainRequest,
  type RequestBody,
} from '@pm/scheduler-core/http'
import type { Request } from 'express'

/** Translates an Express request for the routes of core. Each property is computed when it is read. */
export function toPlainRequest(req: Request): PlainRequest {
  return new ExpressRequest(req)
}

class ExpressRequest implements PlainRequest {
  readonly #req: Request
  #signal: AbortSignal | undefined

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
    const { host } = this.#req.headers
    return [host, forwardedHost(this.#req)].filter((name) => name !== undefined)
  }

  header(name: string): string | null {
    const value = this.#req.headers[name]
    return Array.isArray(value) ? value.join(', ') : (value ?? null)
  }

  /** Only questions ask for it. */
  get signal(): AbortSignal | undefined {
    const { res } = this.#req
    this.#signal ??= res && hangUpOf(res)
    return this.#signal
  }

  readBody(limitBytes: number): Promise<RequestBody> {
    return readBody(this.#req, limitBytes)
  }
}

/** With its port, which Express 4 leaves out of `hostname`. */
function forwardedHost({ app, headers, socket }: Request): string | undefined {
  const trusts: unknown = app.get('trust proxy fn')
  if (typeof trusts !== 'function' || !trusts(socket.remoteAddress, 0)) return undefined
  return (
    String(headers['x-forwarded-host'] ?? '')
      .split(',')[0]
      ?.trim() || undefined
  )
}

async function readBody(req: Request, limitBytes: number): Promise<RequestBody> {
  if (!mayHaveBody(req)) return { kind: 'none' }
  return isBodyRead(req) ? keptBody(req) : readStream(req, limitBytes)
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
