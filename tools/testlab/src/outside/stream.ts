import type { IncomingMessage } from 'node:http'

import { open, type Target } from './ask.ts'

/** An event stream of a server in another process. */
export interface Stream {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
  /** Resolves when the text matches; rejects when that takes longer, and when the stream has ended. */
  until(pattern: RegExp, withinMs: number): Promise<string>
  /** Resolves with `ended` in good order or `cut`. */
  readonly end: Promise<'ended' | 'cut'>
  leave(): void
}

export async function openStream(
  target: Target,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Stream> {
  const incoming = await open(target, path, { headers })
  const end = Promise.withResolvers<'ended' | 'cut'>()
  const looks = new Set<() => void>()
  let text = ''
  incoming.setEncoding('utf8')
  incoming.on('data', (chunk: string) => {
    text += chunk
    for (const look of looks) look()
  })
  incoming.on('error', () => {})
  incoming.on('close', () => end.resolve(incoming.complete ? 'ended' : 'cut'))
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    get text() {
      return text
    },
    until: (pattern, withinMs) =>
      new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          clearTimeout(timer)
          looks.delete(look)
          finish()
        }
        const fail = (what: string) =>
          settle(() => reject(new Error(`${what} before ${pattern}: ${text.slice(4_096)}`)))
        const timer = setTimeout(() => fail(`${withinMs} ms were over`), withinMs)
        const look = () => pattern.test(text) && settle(() => resolve(text))
        looks.add(look)
        void end.promise.then((how) => fail(`The stream was ${how}`))
        look()
      }),
    end: end.promise,
    leave: () => void incoming.destroy(),
  }
}
