import type { SnapshotReading } from '../../reading/snapshot.ts'

/** One event as it goes over the wire, made once for all readers. */
export interface Frame {
  /** The snapshot's id: digits and a dash. */
  readonly id: string
  /** The bytes for a reader that has the frame before; a `Buffer`, since Node makes one from any other array at each write. */
  readonly next: Buffer
  /** The bytes for every other reader. */
  readonly whole: Buffer
  /** Whether a reader whose last event has this id lacks nothing that this frame tells. */
  knows(lastEventId: string): boolean
}

/** Makes the frames of one view. */
export interface FrameMaker {
  /** A frame, unless nothing has changed since `before` that its readers need to be told. */
  next(reading: SnapshotReading, before: Frame | null): Frame | null
  /** A frame in the place of `before`, since which nothing has changed, for those who come now. */
  again(reading: SnapshotReading, before: Frame): Frame
}

/**
 * An event of server-sent events (HTML Living Standard, section 9.2). JSON has its line breaks escaped, so the data is
 * a single line by itself.
 */
export function toEvent(id: string, ...data: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from(`id: ${id}\nevent: ${EVENT_NAME}\ndata: `), ...data, END])
}

/** The name of every event. */
const EVENT_NAME = 'status'

const END = Buffer.from('\n\n')

/** The comment with which a stream begins: it fills buffers that pass on nothing before they have so many bytes. */
export const BEGINNING = Buffer.from(`:${' '.repeat(4_093)}\n\n`)

/** A comment that only shows that the stream is alive. */
export const HEARTBEAT = Buffer.from(':\n\n')
