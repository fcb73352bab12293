import type { RunId } from '@pm/scheduler-core'
import type { Delivered, Delivery } from '@pm/scheduler-core/store'

import type { FetchedMessage, PgBossLike } from './boss.ts'
import { isQueueMissing } from './errors.ts'
import { type QuerySession, sessionDb } from './session-db.ts'

/** One batch of a queue: fetched, taken over and deleted in one unit of work. */
export class BossDelivery<S extends QuerySession> implements Delivery<S> {
  readonly #boss: PgBossLike
  readonly #queue: string
  readonly #jobsPassedOver: string[]
  #fetched: readonly FetchedMessage[] = []
  #most = 1

  constructor(boss: PgBossLike, queue: string, jobsPassedOver: string[]) {
    this.#boss = boss
    this.#queue = queue
    this.#jobsPassedOver = jobsPassedOver
  }

  /** Whether it brought as much as it could, so that there may be more. */
  get isFull(): boolean {
    return this.#fetched.length >= this.#most
  }

  async fetch(session: S, most: number): Promise<readonly RunId[]> {
    const ignoreGroups = this.#jobsPassedOver.length > 0 ? this.#jobsPassedOver : null
    this.#most = most
    this.#fetched = await this.#boss
      .fetch(this.#queue, { db: sessionDb(session), batchSize: most, ignoreGroups })
      .catch(noMessages)
    return this.#fetched.map(({ id }) => id as RunId)
  }

  /** What is left goes back as it was. Nobody else has seen that it was fetched. */
  async acknowledge(session: S, { taken, left, dropped }: Delivered): Promise<void> {
    const db = sessionDb(session)
    const done = [...taken, ...dropped]
    if (done.length > 0) await this.#boss.deleteJob(this.#queue, done, { db })
    if (left.length > 0) await this.#boss.fail(this.#queue, [...left], null, { db })
  }

  /** The jobs of which messages were left and none was taken. */
  jobsLeft({ taken, left }: Delivered): readonly string[] {
    const goOn = this.#jobsOf(taken)
    return [...this.#jobsOf(left)].filter((job) => !goOn.has(job))
  }

  #jobsOf(ids: readonly string[]): Set<string> {
    const wanted = new Set(ids)
    return new Set(this.#fetched.flatMap(({ id, groupId }) => (groupId && wanted.has(id) ? [groupId] : [])))
  }
}

/** A queue that is not there has no messages. pg-boss found that out on a connection of its own: the unit goes on. */
function noMessages(error: unknown): FetchedMessage[] {
  if (isQueueMissing(error)) return []
  throw error
}
