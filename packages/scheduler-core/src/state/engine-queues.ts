import { isSchedulerError, SchedulerError } from '../errors.ts'
import type { Engine, RunMessage } from '../ports/engine.ts'
import type { EngineHealth } from './engine-health.ts'

/** The queues that the engine has, as far as this instance knows. */
export interface EngineQueues {
  /** Throws `ENGINE_QUEUE_MISSING` when the queue of one of these messages was not made yet. */
  assertMade(messages: readonly RunMessage[]): void
  /** Makes those of these queues that are missing. */
  ensure(queues: Iterable<string>): Promise<void>
  /** Makes these, or those that an `ENGINE_QUEUE_MISSING` is about. Notes which of them the engine refuses for good. */
  ensureOrNote(queues?: Iterable<string>): Promise<void>
  /** Whether the engine refuses a queue: the messages for it wait in the ledger. */
  readonly hasRefused: boolean
  /** Leaves out the messages for queues that are refused, so that they keep no others back. */
  accepted(messages: readonly RunMessage[]): readonly RunMessage[]
  /** Asks for the refused queues once more. Never rejects. */
  tryRefused(): Promise<void>
  /** The engine was opened anew: nothing is known of its queues. */
  reset(): void
  /** Notes that the engine lacks a queue of these messages. */
  missing(messages: readonly RunMessage[]): void
}

export function createEngineQueues<S>(engine: Engine<S>, health: EngineHealth): EngineQueues {
  const made = new Set<string>()
  const wanted = new Set<string>()
  const refused = new Set<string>()

  async function ensure(queues: Iterable<string>): Promise<void> {
    const missing = [...new Set(queues)].filter((queue) => !made.has(queue))
    if (missing.length === 0) return
    await health.call('ensureQueues', () => engine.ensureQueues(missing))
    for (const queue of missing) {
      made.add(queue)
      wanted.delete(queue)
    }
  }

  /** One by one: an error does not tell which queue it is about. */
  async function ensureOrNote(queues: Iterable<string> = wanted): Promise<void> {
    for (const queue of [...new Set(queues)]) {
      if (refused.has(queue)) continue
      try {
        await ensure([queue])
      } catch (error) {
        if (!isSchedulerError(error) || error.retryable) throw error
        wanted.delete(queue)
        refused.add(queue)
      }
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
      refused.clear()
    },
    ensureOrNote,
    get hasRefused() {
      return refused.size > 0
    },
    accepted: (messages) => (refused.size > 0 ? messages.filter(({ queue }) => !refused.has(queue)) : messages),
    async tryRefused() {
      for (const queue of [...refused]) {
        const isMade = await engine.ensureQueues([queue]).then(
          () => true,
          () => false,
        )
        if (!isMade) continue
        made.add(queue)
        refused.delete(queue)
      }
    },
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
