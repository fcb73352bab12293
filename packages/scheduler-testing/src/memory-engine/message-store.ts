import type { Clock, RunId } from '@pm/scheduler-core'
import type { RunMessage } from '@pm/scheduler-core/store'

/**
 * What becomes of a message that is handed over: it is brought, lost, brought twice, or brought after so many milliseconds.
 */
export type MessageFate = 'bring' | 'lose' | 'double' | number

/** A message on the server. */
export interface StoredMessage {
  readonly message: RunMessage
  /** Not before this instant, by the monotonic clock. */
  readonly from: number
  /** Who has it in hand; `null` while it waits. */
  holder: object | null
  /** By consumer: until when it is not asked again. */
  readonly leftUntil: Map<object, number>
}

/** The queues of a server, and the messages in them. */
export interface MessageStore {
  readonly queues: Set<string>
  readonly all: Iterable<StoredMessage>
  /** Decides what becomes of messages that are handed over from now on. */
  fate: (message: RunMessage) => MessageFate
  /** While it is held, it brings nothing. */
  isHeld: boolean
  /** Puts a message in, unless one with its id waits. */
  add(message: RunMessage): void
  remove(stored: StoredMessage): void
  removeWaiting(id: RunId): void
  /** The waiting messages for a consumer, the highest priority first. */
  waitingFor(consumer: object, queues: readonly string[]): readonly StoredMessage[]
  /** Tells whoever waits that something has changed. */
  changed(): void
  onChange(listener: () => void): () => void
}

export function createMessageStore(clock: Clock): MessageStore {
  const stored = new Set<StoredMessage>()
  const listeners = new Set<() => void>()

  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  function put(message: RunMessage, delayMs = 0): void {
    stored.add({ message, from: clock.monotonic() + delayMs, holder: null, leftUntil: new Map() })
    if (delayMs > 0) clock.setTimer(changed, delayMs)
  }

  return {
    queues: new Set(),
    all: stored,
    fate: () => 'bring',
    isHeld: false,
    add(message) {
      for (const { message: other, holder } of stored) if (other.id === message.id && holder === null) return
      const fate = this.fate(message)
      if (fate === 'lose') return
      put(message, typeof fate === 'number' ? fate : 0)
      if (fate === 'double') put(message)
      changed()
    },
    remove: (one) => void stored.delete(one),
    removeWaiting(id) {
      for (const one of stored) if (one.message.id === id && one.holder === null) stored.delete(one)
    },
    waitingFor(consumer, queues) {
      if (this.isHeld) return []
      const now = clock.monotonic()
      const waiting = [...stored].filter(
        ({ message, from, holder, leftUntil }) =>
          holder === null && from <= now && (leftUntil.get(consumer) ?? 0) <= now && queues.includes(message.queue),
      )
      return waiting.sort((a, b) => b.message.priority - a.message.priority)
    },
    changed,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
