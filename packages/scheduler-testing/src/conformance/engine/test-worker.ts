import type { RunId } from '@pm/scheduler-core'
import type { Consumption, Delivered, Delivery, RunConsumer, RunMessage } from '@pm/scheduler-core/store'

import type { EngineSide } from './harness.ts'
import type { RunLedger } from './run-ledger.ts'

export interface TestWorkerOptions {
  readonly queues: readonly string[]
  /** Default 10. */
  readonly concurrency?: number
  /** Which jobs it has (default all). */
  readonly knows?: (message: RunMessage) => boolean
  /** Whether its runs go on until the test ends them (default: each is over at once). */
  readonly holds?: boolean
}

/** A worker as an engine sees it. A test watches what it is brought, and can make it fail or hang. */
export class TestWorker<S> implements RunConsumer<S> {
  readonly side: EngineSide<S>
  readonly queues: readonly string[]
  readonly concurrency: number
  /** The runs that began here, in that order. */
  readonly began: RunId[] = []
  readonly left: RunId[] = []
  readonly dropped: RunId[] = []
  /** The most runs that it had in hand at a time, and the most that a fetch brought beyond what was asked for. */
  mostInHand = 0
  mostTooMany = 0
  /** Called with what was fetched, if anything was, before it is taken over: a test lets it reject or hang. */
  fetched: (ids: readonly RunId[]) => Promise<void> = async () => {}
  /** Called before the unit of something that was fetched commits. */
  acknowledged: () => Promise<void> = async () => {}
  knows: (message: RunMessage) => boolean
  readonly #ledger: RunLedger
  readonly #holds: boolean
  readonly #running = new Set<RunId>()
  #reserved = 0
  #isPaused = false
  #roomChanged = Promise.withResolvers<void>()
  #consumption: Consumption | null = null

  constructor(side: EngineSide<S>, ledger: RunLedger, options: TestWorkerOptions) {
    const { queues, concurrency = 10, knows = () => true, holds = false } = options
    this.side = side
    this.queues = queues
    this.concurrency = concurrency
    this.knows = knows
    this.#ledger = ledger
    this.#holds = holds
  }

  get room(): number {
    return this.#isPaused ? 0 : Math.max(0, this.concurrency - this.#running.size - this.#reserved)
  }

  async whenRoom(signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<void>()
    const abort = () => aborted.resolve()
    signal.addEventListener('abort', abort)
    try {
      while (this.room === 0 && !signal.aborted) await Promise.race([this.#roomChanged.promise, aborted.promise])
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  async takeOver(delivery: Delivery<S>): Promise<Delivered> {
    const most = this.room
    if (most === 0) return { taken: [], left: [], dropped: [] }
    this.#reserved += most
    try {
      const delivered = await this.#ledger.takeOver(this.side.sessions, delivery, {
        most,
        knows: (message) => this.knows(message),
        fetched: (ids) => {
          this.mostTooMany = Math.max(this.mostTooMany, ids.length - most)
          return ids.length > 0 ? this.fetched(ids) : Promise.resolve()
        },
        acknowledged: () => this.acknowledged(),
      })
      this.left.push(...delivered.left)
      this.dropped.push(...delivered.dropped)
      for (const id of delivered.taken) this.#begin(id)
      return delivered
    } finally {
      this.#reserved -= most
      this.#tellRoom()
    }
  }

  async start(): Promise<this> {
    this.#consumption = await this.side.engine.consume(this)
    return this
  }

  async stop(): Promise<void> {
    await this.#consumption?.stop()
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
    this.#tellRoom()
  }

  /** Ends the runs that go on here. */
  finish(ids: readonly RunId[] = [...this.#running]): void {
    for (const id of ids) {
      this.#running.delete(id)
    }
    this.#tellRoom()
  }

  #begin(id: RunId): void {
    this.began.push(id)
    this.#running.add(id)
    this.mostInHand = Math.max(this.mostInHand, this.#running.size)
    if (!this.#holds) this.finish([id])
  }

  #tellRoom(): void {
    this.#roomChanged.resolve()
    this.#roomChanged = Promise.withResolvers()
  }
}
