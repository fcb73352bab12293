import type { SnapshotReading } from '../../reading/snapshot.ts'
import { type Frame, type FrameMaker, toEvent } from './frame.ts'
import type { StatusAnswers } from './status-answers.ts'

/** Frames that carry the body of `/status`, whenever it has changed. */
export function createFramesV1(statusOf: (reading: SnapshotReading) => StatusAnswers): FrameMaker {
  /** The body that a frame was made of. */
  const bodies = new WeakMap<Frame, Uint8Array>()

  return {
    next(reading, before) {
      const { body } = statusOf(reading).full
      const last = before && bodies.get(before)
      if (body === null || (last && isEqual(last, body))) return null
      const { id } = reading.snapshot
      const bytes = toEvent(id, body)
      const frame = { id, next: bytes, whole: bytes, knows: (lastEventId: string) => lastEventId === id }
      bodies.set(frame, body)
      return frame
    },
    again: (_reading, before) => before,
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || Buffer.compare(a, b) === 0
}
