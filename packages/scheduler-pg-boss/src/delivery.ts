import type { RunId } from '@pm/scheduler-core'
import type { Delivered, Delivery } from '@pm/scheduler-core/store'

import type { Messages } from './messages.ts'
import { type QuerySession, sessionDb } from './session-db.ts'

interface FetchedMessage {
  readonly id: RunId
  readonly job: string | null
  /** Where its row is, and in which table: both stay as long as it is locked. */
  readonly place: string
  readonly part: string
}

/**
 * One batch of a queue: fetched, taken over and deleted in one unit of work. To fetch is to lock, and not pg-boss's own
 * `fetch`, which writes each message anew as active: with a ledger beside it that takes a fifth of the throughput. So what
 * is left stays as it is, and when a worker dies in between, the end of its transaction gives everything back.
 */
export class BossDelivery<S extends QuerySession> implements Delivery<S> {
  readonly #from: Messages
  readonly #queue: string
  readonly #jobsPassedOver: readonly string[]
  #fetched: readonly FetchedMessage[] = []
  #most = 1

  /** `queue` by its name on the server. */
  constructor(from: Messages, queue: string, jobsPassedOver: readonly string[]) {
    this.#from = from
    this.#queue = queue
    this.#jobsPassedOver = jobsPassedOver
  }

  /** Whether it brought as much as it could, so that there may be more. */
  get isFull(): boolean {
    return this.#fetched.length >= this.#most
  }

  async fetch(session: S, most: number): Promise<readonly RunId[]> {
    this.#most = most
    const { rows } = await sessionDb(session).executeSql(
      `SELECT id::text AS id, group_id AS job, ctid::text AS place, tableoid::regclass::text AS part FROM ${this.#from.schema}.job
       WHERE name = $1 AND state < 'active' AND NOT blocked AND start_after <= now()
         AND (group_id IS NULL OR group_id <> ALL($2::text[]))
       ORDER BY priority DESC, created_on LIMIT $3 FOR UPDATE SKIP LOCKED`,
      [this.#queue, this.#jobsPassedOver, most],
    )
    this.#fetched = rows as FetchedMessage[]
    return this.#fetched.map(({ id }) => id)
  }

  /**
   * Deletes rows where they are. By their ids, as pg-boss does, the server may read the whole queue for each batch: it takes
   * a queue for empty that has just been filled.
   */
  async acknowledge(session: S, { taken, dropped }: Delivered): Promise<void> {
    const done = new Set([...taken, ...dropped])
    for (const [part, some] of Map.groupBy(this.#fetched, (message) => message.part)) {
      const places = some.flatMap(({ id, place }) => (done.has(id) ? [place] : []))
      if (places.length === 0) continue
      const text = `DELETE FROM ${part} WHERE ctid = ANY ($1::tid[]) AND (name = $2) IS TRUE`
      await sessionDb(session).executeSql(text, [places, this.#queue])
    }
  }

  jobsTaken({ taken }: Delivered): Iterable<string> {
    return this.#jobsOf(taken)
  }

  /** The jobs of which messages were left and none was taken. */
  jobsLeft({ taken, left }: Delivered): readonly string[] {
    const goOn = this.#jobsOf(taken)
    return [...this.#jobsOf(left)].filter((job) => !goOn.has(job))
  }

  #jobsOf(ids: readonly RunId[]): Set<string> {
    const wanted = new Set(ids)
    return new Set(this.#fetched.flatMap(({ id, job }) => (job !== null && wanted.has(id) ? [job] : [])))
  }
}
