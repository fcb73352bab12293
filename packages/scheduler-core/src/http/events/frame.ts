/** One event as it goes over the wire, made once for all readers. */
export interface Frame {
  /** The snapshot's id: digits and a dash. */
  readonly id: string
  /** The JSON that it carries. */
  readonly data: Uint8Array
  readonly bytes: Uint8Array
}

/**
 * An event of server-sent events (HTML Living Standard, section 9.2). JSON has its line breaks escaped, so the data is
 * a single line by itself.
 */
export function toFrame(id: string, data: Uint8Array): Frame {
  const head = encoder.encode(`id: ${id}\nevent: ${EVENT_NAME}\ndata: `)
  const bytes = new Uint8Array(head.byteLength + data.byteLength + END.byteLength)
  bytes.set(head)
  bytes.set(data, head.byteLength)
  bytes.set(END, head.byteLength + data.byteLength)
  return { id, data, bytes }
}

/** What every event is called. */
export const EVENT_NAME = 'status'

const encoder = new TextEncoder()
const END = encoder.encode('\n\n')

/** A comment: says that the stream is there, and nothing else. */
export const HEARTBEAT = encoder.encode(':\n\n')
