import type { OutgoingHttpHeaders } from 'node:http'

/** An answer of a replayed host. */
export interface Answer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: string
}

export function json(status: number, value: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(value) }
}

export function text(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain;charset=utf-8' }, body }
}
