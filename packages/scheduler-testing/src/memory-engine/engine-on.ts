import { type Clock, type RunId, SchedulerError } from '@pm/scheduler-core'
import type { Engine, RunMessage } from '@pm/scheduler-core/store'

import { MemoryConsumption } from './memory-consumption.ts'
import type { MessageStore } from './message-store.ts'
import type { UnitHooks } from './unit-hooks.ts'

export interface MemoryEngine<S> extends Engine<S> {
  /** The process dies: what it had in hand and not taken over waits again. */
  kill(): void
}

interface Server {
  readonly store: MessageStore
  readonly clock: Clock
  readonly transactional: boolean
  /** The unit of work that calls; `null` where the engine takes part in none. */
  readonly present: () => UnitHooks | null
  /** What every call rejects with at the moment. */
  readonly failure: () => Error | null
}

/** An engine of one scheduler or one worker on this server. */
export function engineOn<S>({ store, clock, transactional, present, failure }: Server): MemoryEngine<S> {
  let scheduler = ''
  const consumptions = new Set<MemoryConsumption<S>>()
  function assertWorks(): void {
    const error = failure()
    if (error) throw error
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

/** Schedulers on one server share no queue. A name has no slash. */
export function nameOf(scheduler: string, queue: string): string {
  return `${scheduler}/${queue}`
}
