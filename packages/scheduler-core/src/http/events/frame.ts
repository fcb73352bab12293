/** One event as it goes over the wire, made once for all readers. */
export interface Frame {
  /** The snapshot's id: digits and a dash. */
  readonly id: string
  /** The JSON that it carries. */
  readonly data: Uint8Array
  /** A buffer: of any other array Node makes one at each write, for each reader. */
  readonly bytes: Buffer
}

/**
 * An event of server-sent events (HTML Living Standard, section 9.2). JSON has its line breaks escaped, so the data is
 * a single line by itself.
 */
export function toFrame(id: string, data: Uint8Array): Frame {
  const head = Buffer.from(`id: ${id}\nevent: ${EVENT_NAME}\ndata: `)
  return { id, data, bytes: Buffer.concat([head, data, END]) }
}

/** What every event is called. */
export const EVENT_NAME = 'status'

const END = Buffer.from('\n\n')

/** A comment: says that the stream is there, and nothing else. */
export const HEARTBEAT = Buffer.from(':\n\n')
