import { setTimeout as wait } from 'node:timers/promises'

import { type Delivered, parseRunId, type RunConsumer } from '@pm/scheduler-core/store'
import { type Job, Worker, type WorkerOptions } from 'bullmq'

import { within } from './engine-error.ts'
import type { ErrorLog } from './error-log.ts'
import { MessageSource } from './message-source.ts'

export interface ConsumeQueue<S> {
  /** Its name in Redis. */
  readonly queue: string
  readonly consumer: RunConsumer<S>
  readonly connection: Pick<WorkerOptions, 'connection' | 'prefix'>
  readonly log: ErrorLog
  readonly signal: AbortSignal
}

/**
 * Brings the messages of one queue to a worker until the signal aborts, and resolves then, when nothing is being brought any
 * more. It fetches by itself: BullMQ's own loop would hold as many messages as it has places, whatever the worker has in hand
 * from elsewhere. A message has done its work once its run was taken over; the run's lease covers the rest.
 */
export async function consumeQueue<S>(options: ConsumeQueue<S>): Promise<void> {
  const { consumer, log, signal } = options
  const worker = await openWorker(options)
  if (worker === null) return
  const source = new MessageSource(worker, log)
  await worker.startStalledCheckTimer()
  while (!signal.aborted) {
    await consumer.whenRoom(signal)
    if (signal.aborted) break
    const waiting = source.next({ block: true })
    const first = await unlessAborted(signal, waiting)
    if (first === ABORTED) void waiting.then((job) => job && source.giveBack(job))
    else if (first) await deliver(first, { source, consumer })
  }
  await closeWorker(worker, log)
}

/** BullMQ's object asks once what server it has: when that failed, it never works again, and another one is made. */
async function openWorker<S>({ queue, connection, log, signal }: ConsumeQueue<S>): Promise<Worker | null> {
  while (!signal.aborted) {
    const worker = new Worker(queue, null, { ...connection, ...OPTIONS })
    worker.on('error', log.failed)
    const ready = worker.waitUntilReady().then(
      () => true,
      () => false,
    )
    if ((await unlessAborted(signal, ready)) === true) return worker
    await closeWorker(worker, log)
    await unlessAborted(signal, wait(RETRY_MS))
  }
  return null
}

async function closeWorker(worker: Worker, log: ErrorLog): Promise<void> {
  await within(CLOSE_MS, worker.close(true)).catch(log.failed)
}

const OPTIONS = {
  autorun: false,
  // A message whose worker died waits for the end of its lock, and then for one check or two.
  lockDuration: 2_000,
  stalledInterval: 1_000,
  // The ledger counts attempts. A message is brought until it has done its work.
  maxStalledCount: Number.MAX_SAFE_INTEGER,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} as const satisfies Omit<WorkerOptions, 'connection'>

const RETRY_MS = 500

/** Forced, it waits for nothing but the end of its connections. */
const CLOSE_MS = 1_000

const ABORTED = Symbol('aborted')

async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T | typeof ABORTED> {
  const { promise, resolve } = Promise.withResolvers<typeof ABORTED>()
  const abort = () => resolve(ABORTED)
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** One unit of work for the first message and those that wait behind it. */
async function deliver<S>(first: Job, { source, consumer }: Delivering<S>): Promise<void> {
  const jobs = [first]
  let delivered: Delivered = { taken: [], left: [], dropped: [] }
  let wasOffered = false
  try {
    delivered = await consumer.takeOver({
      async fetch(_session, most) {
        wasOffered = true
        await source.fill(jobs, most)
        // Tried again, a unit may have less room.
        const ids = jobs.slice(0, most).map(runIdOf)
        return ids.filter((id) => id !== null)
      },
    })
  } catch {
    // The worker tells what its store did. To the messages it is as if they had been left.
    wasOffered = true
  }
  const done = new Set([...delivered.taken, ...delivered.dropped])
  const settle = (job: Job) => {
    const id = runIdOf(job)
    // No run has such an id: somebody else put it there.
    if (id === null || done.has(id)) return source.complete(job)
    return wasOffered ? source.postpone(job) : source.giveBack(job)
  }
  await Promise.all(jobs.map(settle))
}

interface Delivering<S> {
  readonly source: MessageSource
  readonly consumer: RunConsumer<S>
}

const runIdOf = (job: Job) => parseRunId(job.id ?? '')
