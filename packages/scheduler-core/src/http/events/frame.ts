/** One event as it goes over the wire, made once for all readers. */
export interface Frame {
  /** The snapshot's id: digits and a dash. */
  readonly id: string
  /** The JSON that it carries. */
  readonly data: Uint8Array
  /** A `Buffer`, since Node makes one from any other array, at each write and for each reader. */
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

/** The name of every event. */
export const EVENT_NAME = 'status'

const END = Buffer.from('\n\n')

/** A comment that only shows that the stream is alive. */
export const HEARTBEAT = Buffer.from(':\n\n')
