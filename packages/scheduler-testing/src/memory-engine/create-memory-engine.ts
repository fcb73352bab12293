import { type Clock, type SessionProvider, systemClock } from '@pm/scheduler-core'
import type { RunMessage } from '@pm/scheduler-core/store'

import { engineOn, type MemoryEngine, nameOf } from './engine-on.ts'
import { createMessageStore, type MessageFate } from './message-store.ts'
import { hookSessions, type UnitHooks } from './unit-hooks.ts'

export interface MemoryEngineOptions<S> {
  /** The sessions of the store. The engine takes part in their units of work. */
  readonly sessions: SessionProvider<S>
  /** The clock of the test (default the host's). */
  readonly clock?: Clock
  /** Whether messages stand and fall with units of work, as with pg-boss; `false`: as with BullMQ (default true). */
  readonly transactional?: boolean
}

/** A server of messages in this process, for tests: every scheduler and every worker gets an engine of its own. */
export interface MemoryEngineServer<S> {
  /** To be used by all of them in place of those that were given: they tell the engine how units end. */
  readonly sessions: SessionProvider<S>
  /** Another engine on this server, for one scheduler or one worker. */
  createEngine(): MemoryEngine<S>
  /** Decides what becomes of each message that is handed over from now on (default: it is brought). */
  setFate(fate: (message: RunMessage) => MessageFate): void
  /** Brings nothing until `release`. */
  hold(): void
  release(): void
  /** Every call of an engine rejects with this from now on; `null` ends that. */
  fail(error: Error | null): void
  /** Puts a message in that no scheduler handed over. */
  put(message: RunMessage): void
  /** Loses all messages that nobody has in hand. */
  lose(): void
  /** Deletes a queue with its messages. */
  deleteQueue(queue: string): void
  /** The messages that wait or are in hand, in the order in which they came. */
  readonly messages: readonly RunMessage[]
}

/**
 * An engine whose messages are in this process. It is deterministic with a manual clock: it brings a message in the turns
 * after it was handed over, highest priority first.
 */
export function createMemoryEngine<S>({
  sessions: given,
  clock = systemClock,
  transactional = true,
}: MemoryEngineOptions<S>): MemoryEngineServer<S> {
  const sessions = hookSessions(given)
  const store = createMessageStore(clock)
  const present = (): UnitHooks | null => (transactional ? sessions.present() : null)
  let failure: Error | null = null

  return {
    sessions: { ...sessions, withSession: sessions.withSession },
    createEngine: () => engineOn<S>({ store, clock, transactional, present, failure: () => failure }),
    setFate(fate) {
      store.fate = fate
    },
    hold() {
      store.isHeld = true
    },
    release() {
      store.isHeld = false
      store.changed()
    },
    fail(error) {
      failure = error
    },
    put: (message) => store.add({ ...message, queue: nameOf(message.scheduler, message.queue) }),
    lose() {
      for (const one of store.all) if (one.holder === null) store.remove(one)
    },
    deleteQueue(queue) {
      for (const name of store.queues) {
        if (!name.endsWith(`/${queue}`)) continue
        store.queues.delete(name)
        for (const one of store.all) if (one.message.queue === name) store.remove(one)
      }
    },
    get messages() {
      return Array.from(store.all, ({ message }) => ({
        ...message,
        queue: message.queue.slice(message.queue.indexOf('/') + 1),
      }))
    },
  }
}
