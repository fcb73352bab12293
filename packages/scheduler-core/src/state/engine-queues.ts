import { isSchedulerError, SchedulerError } from '../errors.ts'
import type { Engine, RunMessage } from '../ports/engine.ts'
import type { EngineHealth } from './engine-health.ts'

/** The queues that the engine has, as far as this instance knows. */
export interface EngineQueues {
  /** Throws `ENGINE_QUEUE_MISSING` when the queue of one of these messages was not made yet. */
  assertMade(messages: readonly RunMessage[]): void
  /** Makes those of these queues that are missing. */
  ensure(queues: Iterable<string>): Promise<void>
  /** Makes those again that an `ENGINE_QUEUE_MISSING` is about. */
  ensureAgain(): Promise<void>
  /** The engine was opened anew: nothing is known of its queues. */
  reset(): void
  /** Notes that the engine lacks a queue of these messages. */
  missing(messages: readonly RunMessage[]): void
}

export function createEngineQueues<S>(engine: Engine<S>, health: EngineHealth): EngineQueues {
  const made = new Set<string>()
  const wanted = new Set<string>()

  async function ensure(queues: Iterable<string>): Promise<void> {
    const missing = [...new Set(queues)].filter((queue) => !made.has(queue))
    if (missing.length === 0) return
    await health.call('ensureQueues', () => engine.ensureQueues(missing))
    for (const queue of missing) {
      made.add(queue)
      wanted.delete(queue)
    }
  }

  return {
    assertMade(messages) {
      for (const { queue } of messages) if (!made.has(queue)) wanted.add(queue)
      const [queue] = wanted
      if (queue !== undefined) throw new SchedulerError('ENGINE_QUEUE_MISSING', { engine: engine.name, queue })
    },
    ensure,
    reset() {
      made.clear()
      wanted.clear()
    },
    ensureAgain: () => ensure([...wanted]),
    missing(messages) {
      for (const { queue } of messages) {
        made.delete(queue)
        wanted.add(queue)
      }
    },
  }
}

/** Whether a queue has to be made before the call is worth another try. */
export function isQueueMissing(error: unknown): boolean {
  return isSchedulerError(error, 'ENGINE_QUEUE_MISSING')
}
