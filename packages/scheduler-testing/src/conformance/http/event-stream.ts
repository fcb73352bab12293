import { type IncomingMessage, request } from 'node:http'

/** An open event stream, as it comes over the wire. */
export interface OpenStream {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** Everything that has come so far. */
  readonly text: string
  /** Resolves with all of the text once that contains this. */
  until(text: string): Promise<string>
  /** Resolves when the server has ended it in good order, and rejects when the connection was cut. */
  readonly ended: Promise<void>
  /** Goes away, as a reader does whose page is closed. */
  leave(): void
}

/** Connects and waits for the head. */
export function openStream(url: string, headers: Readonly<Record<string, string>> = {}): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers, agent: false }, (incoming) => resolve(readStream(incoming)))
    outgoing.on('error', reject)
    outgoing.end()
  })
}

function readStream(incoming: IncomingMessage): OpenStream {
  const ended = Promise.withResolvers<void>()
  ended.promise.catch(() => {})
  const waiting = new Set<() => void>()
  let text = ''
  incoming.setEncoding('utf8')
  incoming.on('data', (chunk: string) => {
    text += chunk
    for (const look of waiting) look()
  })
  incoming.on('end', ended.resolve)
  incoming.on('error', ended.reject)
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    get text() {
      return text
    },
    until: (part) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!text.includes(part)) return
          waiting.delete(look)
          resolve(text)
        }
        ended.promise.then(() => reject(new Error(`The stream ended before ${part}`)), reject)
        waiting.add(look)
        look()
      }),
    ended: ended.promise,
    leave: () => void incoming.destroy(),
  }
}
