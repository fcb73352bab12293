import type { Logger } from '@pm/scheduler-core'
import type { Consumption, RunConsumer } from '@pm/scheduler-core/store'

import { BossDelivery } from './delivery.ts'
import { reasonOf } from './errors.ts'
import type { Messages } from './messages.ts'
import { createPassedOver } from './passed-over.ts'
import { createQueueTurns } from './queue-turns.ts'
import type { QuerySession } from './session-db.ts'

/** How often a queue is asked of which nothing was heard. */
const POLL_MS = 500

export interface BossConsumption extends Consumption {
  /** Messages came to that queue, or may have come to any. */
  wakeUp(queue: string | null): void
}

export interface ConsumptionOptions<S> {
  readonly from: Messages
  readonly consumer: RunConsumer<S>
  readonly logger: Logger
}

/** Brings messages to a worker until it is stopped: never more than it has room for. */
export function startConsumption<S extends QuerySession>(options: ConsumptionOptions<S>): BossConsumption {
  const { from, consumer, logger } = options
  const ended = new AbortController()
  const turns = createQueueTurns(consumer.queues.map(from.nameOf), POLL_MS)
  /** So that what has to stay neither spins nor blocks what stands behind it. */
  const passedOver = createPassedOver(() => performance.now())
  let isFailing = false

  async function loop(): Promise<void> {
    while (!ended.signal.aborted) {
      await consumer.whenRoom(ended.signal)
      const queue = await turns.next()
      if (queue === null) return
      // Meanwhile the worker may have taken up other runs.
      if (consumer.room === 0) turns.wakeUp(queue)
      else await bring(queue)
    }
  }

  async function bring(queue: string): Promise<void> {
    try {
      const delivery = new BossDelivery<S>(from, queue, passedOver.jobs())
      const delivered = await consumer.takeOver(delivery)
      passedOver.taken(delivery.jobsTaken(delivered))
      passedOver.left(delivery.jobsLeft(delivered))
      if (delivery.isFull) turns.wakeUp(queue)
      isFailing = false
    } catch (error) {
      if (!isFailing) logger.warn({ queue, reason: reasonOf(error) }, 'pg-boss: messages could not be taken over')
      isFailing = true
    }
  }

  const looping = loop()
  return {
    wakeUp: turns.wakeUp,
    async stop() {
      ended.abort()
      turns.end()
      await looping
    },
  }
}
