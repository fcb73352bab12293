import { SchedulerError } from '@pm/scheduler-core'
import type { RunMessage } from '@pm/scheduler-core/store'

import type { PgBossDb, PgBossLike } from './boss.ts'
import { ENGINE } from './errors.ts'
import { CHANNEL } from './wake.ts'

export interface Messages {
  readonly boss: PgBossLike
  /** The name of a queue on the server. */
  readonly nameOf: (queue: string) => string
  /** The schema of pg-boss's tables. */
  readonly schema: string
}

const ENDED = ['completed', 'cancelled', 'failed']

/**
 * Sends what has no live message. pg-boss passes over an id that it has, also when its message has ended: such a one is
 * deleted before. Nothing waits for a message that a worker has in hand just now.
 */
export async function dispatchAll(to: Messages, db: PgBossDb, messages: readonly RunMessage[]): Promise<void> {
  for (const [queue, some] of Map.groupBy(messages, (message) => message.queue)) {
    const byId = new Map<string, RunMessage>(some.map((message) => [message.id, message]))
    const name = to.nameOf(queue)
    const { isMade, found } = await wakeAndFind(to, db, name, [...byId.keys()])
    if (!isMade) throw new SchedulerError('ENGINE_QUEUE_MISSING', { engine: ENGINE, queue })
    const ended = found.filter(({ state }) => ENDED.includes(state)).map(({ id }) => id)
    if (ended.length > 0) await to.boss.deleteJob(name, ended, { db })
    for (const { id, state } of found) if (!ENDED.includes(state)) byId.delete(id)
    if (byId.size > 0) await to.boss.insert(name, [...byId.values()].map(toJob), { db })
  }
}

/** Deletes what no worker has in hand. One that has may be waiting for this unit, so nothing waits for it. */
export async function cancelAll(of: Messages, db: PgBossDb, messages: readonly RunMessage[]): Promise<void> {
  for (const [queue, some] of Map.groupBy(messages, (message) => message.queue)) {
    const name = of.nameOf(queue)
    const { rows } = await db.executeSql(
      `SELECT id::text AS id FROM ${of.schema}.job WHERE name = $1 AND id = ANY($2::uuid[]) FOR UPDATE SKIP LOCKED`,
      [name, some.map(({ id }) => id)],
    )
    const ids = (rows as { id: string }[]).map(({ id }) => id)
    if (ids.length > 0) await of.boss.deleteJob(name, ids, { db })
  }
}

interface FoundMessage {
  readonly id: string
  readonly state: string
}

/**
 * One round trip: wakes the workers with the commit, finds the messages that are there, and whether the queue is. pg-boss
 * would not tell: its foreign key is deferred, so a message for a queue that was deleted fails the commit.
 */
async function wakeAndFind({ schema }: Messages, db: PgBossDb, name: string, ids: readonly string[]) {
  const { rows } = await db.executeSql(
    `SELECT '' AS id, pg_notify('${CHANNEL}', $1)::text || (SELECT count(*) FROM ${schema}.queue WHERE name = $1) AS state
     UNION ALL
     SELECT id::text, state::text FROM ${schema}.job WHERE name = $1 AND id = ANY($2::uuid[])`,
    [name, ids],
  )
  const found = rows as FoundMessage[]
  return {
    isMade: found.some(({ id, state }) => id === '' && state === '1'),
    found: found.filter(({ id }) => id !== ''),
  }
}

/** The group lets a worker pass over the messages of a job that it has to leave. */
function toJob({ id, job, priority }: RunMessage) {
  return { id: id as string, priority, group: { id: job }, data: { job } }
}
