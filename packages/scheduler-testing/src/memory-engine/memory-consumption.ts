import { setImmediate } from 'node:timers/promises'

import type { Clock, RunId } from '@pm/scheduler-core'
import type { Consumption, Delivered, RunConsumer } from '@pm/scheduler-core/store'

import type { MessageStore, StoredMessage } from './message-store.ts'
import type { UnitHooks } from './unit-hooks.ts'

export interface MemoryConsumptionOptions<S> {
  readonly consumer: RunConsumer<S>
  /** Its queues, as the server names them. */
  readonly queues: readonly string[]
  readonly store: MessageStore
  readonly clock: Clock
  /** The unit of work that calls; `null` where the engine takes part in none. */
  readonly present: () => UnitHooks | null
  readonly isTransactional: boolean
}

/** How long a message that was left, or whose take-over failed, is not brought to the same worker again. */
const AGAIN_MS = 500

/** Brings messages to one worker, one batch after another. */
export class MemoryConsumption<S> implements Consumption {
  readonly #options: MemoryConsumptionOptions<S>
  readonly #stopping = new AbortController()
  readonly #done: Promise<void>

  constructor(options: MemoryConsumptionOptions<S>) {
    this.#options = options
    this.#done = this.#work()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#done
  }

  /** The process dies: what it had in hand waits again. */
  kill(): void {
    this.#stopping.abort()
    for (const one of this.#options.store.all) if (one.holder === this) one.holder = null
    this.#options.store.changed()
  }

  async #work(): Promise<void> {
    const { consumer } = this.#options
    const { signal } = this.#stopping
    // Whoever consumes is answered first.
    await setImmediate()
    while (!signal.aborted) {
      await consumer.whenRoom(signal)
      if (signal.aborted) return
      if (this.#waiting().length === 0) await this.#change()
      else if (!(await this.#bring())) await this.#change({ alsoAfterMs: AGAIN_MS })
    }
  }

  /** Answers whether anything was brought. */
  async #bring(): Promise<boolean> {
    const fetched: StoredMessage[] = []
    try {
      const delivered = await this.#options.consumer.takeOver({
        fetch: async (_session, most) => {
          this.#fetch(fetched, most)
          return fetched.map(({ message }) => message.id)
        },
        acknowledge: async (_session, outcome) => this.#acknowledge(fetched, outcome),
      })
      if (!this.#options.isTransactional) this.#settle(fetched, delivered)
      return fetched.length > 0
    } catch {
      this.#putBack(fetched)
      return false
    }
  }

  #fetch(fetched: StoredMessage[], most: number): void {
    // A unit that is begun anew fetches anew.
    fetched.length = 0
    if (this.#stopping.signal.aborted) return
    for (const one of this.#waiting().slice(0, most)) {
      one.holder = this
      fetched.push(one)
    }
    this.#options.present()?.onRollback(() => this.#putBack(fetched))
  }

  #acknowledge(fetched: readonly StoredMessage[], outcome: Delivered): void {
    const { isTransactional, present } = this.#options
    const some = [...fetched]
    if (isTransactional) present()?.onCommit(() => this.#settle(some, outcome))
  }

  #settle(fetched: readonly StoredMessage[], { left }: Delivered): void {
    const { store } = this.#options
    const stays = new Set<RunId>(left)
    for (const one of fetched) {
      const { id } = one.message
      if (stays.delete(id)) this.#leave(one)
      else store.remove(one)
    }
    store.changed()
  }

  #leave(one: StoredMessage): void {
    const { clock } = this.#options
    one.holder = null
    one.leftUntil.set(this, clock.monotonic() + AGAIN_MS)
    clock.setTimer(this.#options.store.changed, AGAIN_MS)
  }

  #putBack(fetched: readonly StoredMessage[]): void {
    for (const one of fetched) if (one.holder === this) one.holder = null
    this.#options.store.changed()
  }

  #waiting(): readonly StoredMessage[] {
    const { store, queues } = this.#options
    return store.waitingFor(this, queues)
  }

  #change({ alsoAfterMs = Infinity } = {}): Promise<void> {
    const { store, clock } = this.#options
    const { signal } = this.#stopping
    return new Promise((resolve) => {
      const done = () => {
        forget?.()
        timer?.cancel()
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done, { once: true })
      // After a failure it waits, whatever changes.
      const timer = alsoAfterMs < Infinity ? clock.setTimer(done, alsoAfterMs) : null
      const forget = timer === null ? store.onChange(done) : null
    })
  }
}
