import type { Received } from './client.ts'

/** What the body says; of a stream, its first event. */
export function jsonOf({ text }: Pick<Received, 'text'>): unknown {
  if (text === '') return null
  return JSON.parse(text.startsWith(':') ? (/^data: (.*)$/m.exec(text)?.[1] ?? '') : text)
}
