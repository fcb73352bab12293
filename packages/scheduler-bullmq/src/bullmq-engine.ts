import { isSchedulerError } from '@pm/scheduler-core'
import type { Consumption, Engine, EngineUse, RunConsumer, RunMessage } from '@pm/scheduler-core/store'
import { type BulkJobOptions, Queue } from 'bullmq'
import type { Redis } from 'ioredis'

import { type BullmqConnection, createClient, watchConnection } from './connect.ts'
import { consumeQueue } from './consume-queue.ts'
import { ENGINE, unavailable, within } from './engine-error.ts'
import { ErrorLog } from './error-log.ts'
import { bullmqPriority, queueName } from './queue-name.ts'
import { assertLibrary, assertServer, evictionOf } from './supported.ts'

/** What an engine has between `open` and `close`. */
interface Opened {
  readonly scheduler: string
  readonly client: Redis
  readonly unwatch: () => void
  readonly log: ErrorLog
  readonly queues: Map<string, Queue>
  readonly consumptions: Set<Consumption>
}

export class BullmqEngine<S> implements Engine<S> {
  readonly name = ENGINE
  readonly capabilities = { transactional: false }
  readonly #connection: BullmqConnection
  readonly #prefix: string
  #opened: Promise<Opened> | null = null

  constructor(connection: BullmqConnection, prefix: string) {
    this.#connection = connection
    this.#prefix = prefix
  }

  async open(use: EngineUse): Promise<void> {
    this.#opened ??= this.#open(use)
    const opening = this.#opened
    await opening.catch((error: unknown) => {
      if (this.#opened === opening) this.#opened = null
      throw error
    })
  }

  async ensureQueues(queues: readonly string[]): Promise<void> {
    await this.#call('ensureQueues', async (opened) => {
      await Promise.all(queues.map((queue) => this.#queue(opened, queue).waitUntilReady()))
    })
  }

  async dispatch(messages: readonly RunMessage[]): Promise<void> {
    await this.#call('dispatch', async (opened) => {
      // BullMQ changes nothing where an id is there already, and forgets it with its message.
      const adding = [...Map.groupBy(messages, ({ queue }) => queue)].map(([queue, some]) =>
        this.#queue(opened, queue).addBulk(
          some.map(({ id, job, priority }) => ({ name: job, data: {}, opts: optionsOf(id, priority) })),
        ),
      )
      await Promise.all(adding)
    })
  }

  async cancel(messages: readonly RunMessage[]): Promise<void> {
    await this.#call('cancel', async (opened) => {
      await Promise.all(
        messages.map(({ id, queue }) => this.#queue(opened, queue).remove(id, { removeChildren: false })),
      )
    })
  }

  async consume(consumer: RunConsumer<S>): Promise<Consumption> {
    const opened = await this.#isOpen('consume')
    const { client, log } = opened
    const abort = new AbortController()
    const connection = { connection: client, prefix: this.#prefix }
    const ends = consumer.queues.map((queue) =>
      consumeQueue({
        queue: queueName(opened.scheduler, queue),
        consumer,
        connection,
        log,
        signal: abort.signal,
      }).catch(log.failed),
    )
    const consumption = {
      async stop() {
        abort.abort()
        await Promise.all(ends)
        opened.consumptions.delete(consumption)
      },
    }
    opened.consumptions.add(consumption)
    return consumption
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => null)
    this.#opened = null
    if (!opened) return
    const stopping = Promise.all([...opened.consumptions].map((consumption) => consumption.stop()))
    await within(CLOSE_MS, stopping).catch(opened.log.failed)
    const closing = Promise.all([...opened.queues.values()].map((queue) => queue.close()))
    await within(CLOSE_MS, closing).catch(opened.log.failed)
    opened.unwatch()
    opened.client.disconnect()
  }

  async #open({ scheduler, logger }: EngineUse): Promise<Opened> {
    const client = createClient(this.#connection)
    const log = new ErrorLog(logger)
    // Without a listener, the loss of a connection would end the process.
    client.on('error', log.failed)
    client.on('ready', log.recovered)
    try {
      const info = await within(
        DEADLINE_MS,
        client.connect().then(() => client.info()),
      )
      assertServer(info)
      // It says its version nowhere but in what it writes.
      const probe = new Queue('probe', { connection: client, prefix: this.#prefix, skipMetasUpdate: true })
      probe.on('error', log.failed)
      assertLibrary(probe.metaValues['version'])
      await probe.close()
      const eviction = evictionOf(info)
      if (eviction)
        logger.warn({ eviction }, 'Redis may drop messages when its memory is full: set maxmemory-policy to noeviction')
      return { scheduler, client, unwatch: watchConnection(client), log, queues: new Map(), consumptions: new Set() }
    } catch (error) {
      client.disconnect()
      // Why the server refused the connection is told by the event alone.
      throw isSchedulerError(error) ? error : unavailable('open', log.last ?? error)
    }
  }

  #queue({ scheduler, client, queues, log }: Opened, name: string): Queue {
    const known = queues.get(name)
    if (known) return known
    const queue = new Queue(queueName(scheduler, name), { connection: client, prefix: this.#prefix })
    queue.on('error', log.failed)
    queues.set(name, queue)
    // BullMQ asks once what server it has: when that failed, the object never works again.
    queue.waitUntilReady().catch(() => queues.get(name) === queue && queues.delete(name))
    return queue
  }

  async #isOpen(operation: string): Promise<Opened> {
    if (this.#opened === null) throw unavailable(operation, new Error('CLOSED'))
    return this.#opened
  }

  /** BullMQ waits without end for a server that is away: a call has some seconds. */
  async #call(operation: string, work: (opened: Opened) => Promise<void>): Promise<void> {
    const opened = await this.#isOpen(operation)
    try {
      await within(DEADLINE_MS, work(opened))
    } catch (error) {
      throw isSchedulerError(error) ? error : unavailable(operation, error)
    }
  }
}

const DEADLINE_MS = 3_000
const CLOSE_MS = 2_000

function optionsOf(jobId: string, priority: number): BulkJobOptions {
  return { jobId, priority: bullmqPriority(priority), attempts: 1, removeOnComplete: true, removeOnFail: true }
}
