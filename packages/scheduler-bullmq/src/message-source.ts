import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import type { Job, Worker } from 'bullmq'

import { within } from './engine-error.ts'
import type { ErrorLog } from './error-log.ts'

/** The messages of one queue, as BullMQ's documented calls for fetching by hand give them. Its calls never reject. */
export class MessageSource {
  readonly #worker: Worker
  readonly #log: ErrorLog
  /** Each message has a lock of its own, by which this process is told from others. */
  readonly #owner = randomUUID()
  #fetches = 0

  constructor(worker: Worker, log: ErrorLog) {
    this.#worker = worker
    this.#log = log
  }

  /** The next message, highest priority first. With `block` it waits for one for some seconds, or while Redis is away. */
  async next({ block }: { readonly block: boolean }): Promise<Job | undefined> {
    try {
      return await this.#worker.getNextJob(`${this.#owner}:${this.#fetches++}`, { block })
    } catch (error) {
      this.#log.failed(error)
      if (block) await wait(RETRY_MS)
      return undefined
    }
  }

  /** Adds those that wait now, until there are `most`. It asks for twice as many each time, for one too many at the end. */
  async fill(jobs: Job[], most: number): Promise<void> {
    const work = async () => {
      for (let some = 1; jobs.length < most; some *= 2) {
        const asked = Array.from({ length: Math.min(some, most - jobs.length) }, () => this.next({ block: false }))
        const found = (await Promise.all(asked)).filter((job) => job !== undefined)
        jobs.push(...found)
        if (found.length < asked.length) return
      }
    }
    // A unit of work waits for this. What comes later is lost to this process, and comes again when its lock has ended.
    await within(FILL_MS, work()).catch(this.#log.failed)
  }

  /** Its work is done. */
  complete(job: Job): Promise<void> {
    return this.#move(job.moveToCompleted(null, job.token ?? '', false))
  }

  /** For another worker, or for later: each time it waits for longer, so that nobody is busy with what nobody takes. */
  postpone(job: Job): Promise<void> {
    const delayMs = Math.min(MOST_DELAY_MS, LEAST_DELAY_MS * 2 ** Math.min(job.attemptsStarted, 10))
    return this.#move(job.moveToDelayed(Date.now() + delayMs, job.token))
  }

  /** Back to where it was, for whoever has room. */
  giveBack(job: Job): Promise<void> {
    return this.#move(job.moveToWait(job.token))
  }

  /** Where it fails, the message comes again when its lock has ended, and the ledger decides what that means. */
  async #move(moving: Promise<unknown>): Promise<void> {
    await within(MOVE_MS, moving).catch(this.#log.failed)
  }
}

const RETRY_MS = 500
const FILL_MS = 1_000
const MOVE_MS = 2_000
const LEAST_DELAY_MS = 50
const MOST_DELAY_MS = 5_000
