import type { RunId, SessionProvider } from '@pm/scheduler-core'
import type { Delivered, Delivery, RunMessage } from '@pm/scheduler-core/store'

/** The least ledger that an engine can be held against: who waits for a worker, and who was taken over how often. */
export class RunLedger {
  readonly #queued = new Map<RunId, RunMessage>()
  readonly #taken: RunId[] = []
  #last: Promise<unknown> = Promise.resolve()

  /** In the order in which they were taken over. An id that is there twice was executed twice. */
  get taken(): readonly RunId[] {
    return this.#taken
  }

  queue(messages: readonly RunMessage[]): void {
    for (const message of messages) this.#queued.set(message.id, message)
  }

  cancel(messages: readonly RunMessage[]): void {
    for (const { id } of messages) this.#queued.delete(id)
  }

  /**
   * One unit of work of a worker: fetch, take over, acknowledge, commit. Only a commit counts. Units decide one after the
   * other, as the locks of a real ledger make them.
   */
  async takeOver<S>(sessions: SessionProvider<S>, delivery: Delivery<S>, terms: TakeOverTerms): Promise<Delivered> {
    let release = () => {}
    try {
      const delivered = await sessions.withSession(async (session) => {
        const ids = await delivery.fetch(session, terms.most)
        await terms.fetched(ids)
        release = await this.#enter()
        const outcome = this.#judge(ids, terms.knows)
        await delivery.acknowledge?.(session, outcome)
        if (ids.length > 0) await terms.acknowledged()
        return outcome
      })
      for (const id of delivered.taken) this.#queued.delete(id)
      this.#taken.push(...delivered.taken)
      return delivered
    } finally {
      release()
    }
  }

  #judge(ids: readonly RunId[], knows: (message: RunMessage) => boolean): Delivered {
    const waits = (id: RunId) => this.#queued.get(id)
    const known = (id: RunId) => {
      const message = waits(id)
      return message !== undefined && knows(message)
    }
    return {
      taken: ids.filter(known),
      left: ids.filter((id) => waits(id) !== undefined && !known(id)),
      dropped: ids.filter((id) => waits(id) === undefined),
    }
  }

  async #enter(): Promise<() => void> {
    const before = this.#last
    const gate = Promise.withResolvers<void>()
    this.#last = gate.promise
    await before
    return gate.resolve
  }
}

export interface TakeOverTerms {
  readonly most: number
  readonly knows: (message: RunMessage) => boolean
  readonly fetched: (ids: readonly RunId[]) => Promise<void>
  readonly acknowledged: () => Promise<void>
}
