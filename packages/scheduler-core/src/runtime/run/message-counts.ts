import type { Delivered } from '../../ports/engine.ts'

/** The messages that an engine brought to this instance and that began no run here, since it opened. */
export interface MessageCounts {
  /** Their run was not queued (any more). */
  readonly dropped: number
  /** How often one was left for another worker, or for later. */
  readonly left: number
  note(delivered: Delivered): void
}

export function createMessageCounts(): MessageCounts {
  let [dropped, left] = [0, 0]
  return {
    get dropped() {
      return dropped
    },
    get left() {
      return left
    },
    note(delivered) {
      dropped += delivered.dropped.length
      left += delivered.left.length
    },
  }
}
