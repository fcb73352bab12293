import type { SnapshotReading } from '../../reading/snapshot.ts'
import { type Frame, type FrameMaker, toEvent } from './frame.ts'
import type { StatusAnswers } from './status-answers.ts'

/** What a frame was made of. */
interface Source {
  readonly body: Uint8Array
  readonly essence: string
}

/** Frames that carry the body of `/status`, whenever more than the uptime has changed. */
export function createFramesV1(statusOf: (reading: SnapshotReading) => StatusAnswers): FrameMaker {
  const sources = new WeakMap<Frame, Source>()

  function make({ snapshot: { id } }: SnapshotReading, source: Source): Frame {
    const bytes = toEvent(id, source.body)
    const frame = { id, next: bytes, whole: bytes, knows: (lastEventId: string) => lastEventId === id }
    sources.set(frame, source)
    return frame
  }

  return {
    next(reading, before) {
      const { status, full } = statusOf(reading)
      const last = before && sources.get(before)
      if (full.body === null || last?.body === full.body) return null
      const essence = JSON.stringify(status, withoutUptime)
      return last?.essence === essence ? null : make(reading, { body: full.body, essence })
    },
    again(reading, before) {
      const { body } = statusOf(reading).full
      const last = sources.get(before)
      if (body === null || !last || isEqual(last.body, body)) return before
      return make(reading, { body, essence: last.essence })
    },
  }
}

function withoutUptime(name: string, value: unknown): unknown {
  return name === 'uptimeSeconds' ? undefined : value
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || Buffer.compare(a, b) === 0
}
