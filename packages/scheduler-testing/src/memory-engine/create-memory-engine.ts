import { type Clock, type RunId, SchedulerError, type SessionProvider, systemClock } from '@pm/scheduler-core'
import type { Engine, RunMessage } from '@pm/scheduler-core/store'

import { MemoryConsumption } from './memory-consumption.ts'
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

export interface MemoryEngine<S> extends Engine<S> {
  /** The process dies: what it had in hand and not taken over waits again. */
  kill(): void
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

  function assertWorks(): void {
    if (failure) throw failure
  }

  /** At the commit of the unit that calls, or now. */
  function atCommit(work: () => void): void {
    const unit = present()
    if (unit) unit.onCommit(work)
    else work()
  }

  function assertQueues(scheduler: string, messages: readonly RunMessage[]): void {
    for (const { queue } of messages)
      if (!store.queues.has(nameOf(scheduler, queue))) {
        throw new SchedulerError('ENGINE_QUEUE_MISSING', { engine: 'memory', queue })
      }
  }

  function createEngine(): MemoryEngine<S> {
    let scheduler = ''
    const consumptions = new Set<MemoryConsumption<S>>()
    return {
      name: 'memory',
      capabilities: { transactional },
      async open(use) {
        assertWorks()
        scheduler = use.scheduler
      },
      async ensureQueues(queues) {
        assertWorks()
        for (const queue of queues) store.queues.add(nameOf(scheduler, queue))
      },
      async dispatch(messages) {
        assertWorks()
        assertQueues(scheduler, messages)
        atCommit(() => {
          for (const one of messages) store.add({ ...one, queue: nameOf(scheduler, one.queue) })
        })
      },
      async cancel(messages) {
        assertWorks()
        const ids = messages.map(({ id }): RunId => id)
        atCommit(() => {
          for (const id of ids) store.removeWaiting(id)
        })
      },
      async consume(consumer) {
        assertWorks()
        const queues = consumer.queues.map((queue) => nameOf(scheduler, queue))
        const isTransactional = transactional
        const consumption = new MemoryConsumption<S>({ consumer, queues, store, clock, present, isTransactional })
        consumptions.add(consumption)
        return consumption
      },
      async close() {
        await Promise.all([...consumptions].map((each) => each.stop()))
        consumptions.clear()
      },
      kill() {
        for (const each of consumptions) each.kill()
        consumptions.clear()
      },
    }
  }

  return {
    sessions: { ...sessions, withSession: sessions.withSession },
    createEngine,
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

/** Schedulers on one server share no queue. A name has no slash. */
function nameOf(scheduler: string, queue: string): string {
  return `${scheduler}/${queue}`
}
