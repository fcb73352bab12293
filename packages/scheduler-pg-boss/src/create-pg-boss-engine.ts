import { type Logger, SchedulerError } from '@pm/scheduler-core'
import type { Engine } from '@pm/scheduler-core/store'

import type { ListenHandle } from './boss.ts'
import { type BossConsumption, startConsumption } from './consumption.ts'
import { answered, ENGINE, reasonOf } from './errors.ts'
import { cancelAll, dispatchAll, type Messages } from './messages.ts'
import { checkBoss, type OpenBoss, startBoss } from './open-boss.ts'
import { checkOptions, type PgBossEngineOptions } from './options.ts'
import { ensureQueue, queueNames } from './queues.ts'
import { type QuerySession, sessionDb } from './session-db.ts'
import { listenForQueues } from './wake.ts'

/** The first `open` may have to make pg-boss's tables. */
const OPEN_LIMIT_MS = 20_000
const CALL_LIMIT_MS = 5_000
const CLOSE_LIMIT_MS = 3_000

interface Open extends Messages, OpenBoss {
  readonly logger: Logger
  readonly consumptions: Set<BossConsumption>
  listening: Promise<ListenHandle> | null
}

/**
 * Carries runs to workers by pg-boss 12, in the database of the sessions: a run's message is sent in the unit of work that
 * claims the run, and fetched, taken over and deleted in one. `S` is TypeORM's `EntityManager`, or anything else with its
 * `query`. pg-boss's cron, its workers and its retries are not used.
 *
 * @throws SchedulerError `INVALID_OPTIONS` for a wrong option. `open` rejects with `ENGINE_UNSUPPORTED` for another major, a
 *   `boss` that is not started and tables that are missing, and with `ENGINE_UNAVAILABLE` when the database is away.
 */
export function createPgBossEngine(options: PgBossEngineOptions): Engine<QuerySession> {
  const { schema, prefix } = checkOptions(options)
  let opening: Promise<Open> | null = null

  async function start({ scheduler, logger }: { scheduler: string; logger: Logger }): Promise<Open> {
    const nameOf = queueNames(prefix, scheduler)
    const { connection, migrate = true } = options
    const started = await answered('open', OPEN_LIMIT_MS, () =>
      connection === undefined ? checkBoss(options.boss, schema) : startBoss({ connection, schema, migrate, logger }),
    )
    return { ...started, nameOf, schema, logger, consumptions: new Set(), listening: null }
  }

  function opened(operation: string): Promise<Open> {
    if (opening !== null) return opening
    const cause = new Error('The engine is not open.')
    return Promise.reject(new SchedulerError('ENGINE_UNAVAILABLE', { engine: ENGINE, operation }, { cause }))
  }

  return {
    name: ENGINE,
    capabilities: { transactional: true },
    async open(use) {
      opening ??= start(use)
      const mine = opening
      await mine.catch((error: unknown) => {
        if (opening === mine) opening = null
        throw error
      })
    },
    async ensureQueues(queues) {
      const { boss, nameOf } = await opened('ensureQueues')
      const makeAll = async () => {
        for (const queue of new Set(queues)) await ensureQueue(boss, nameOf(queue))
      }
      await answered('ensureQueues', CALL_LIMIT_MS, makeAll)
    },
    async dispatch(messages, session) {
      const open = await opened('dispatch')
      await dispatchAll(open, session ? sessionDb(session) : open.boss.getDb(), messages)
    },
    async cancel(messages, session) {
      const open = await opened('cancel')
      await cancelAll(open, session ? sessionDb(session) : open.boss.getDb(), messages)
    },
    async consume(consumer) {
      const open = await opened('consume')
      const { boss, logger, consumptions } = open
      const consumption = startConsumption({ from: open, consumer, logger })
      consumptions.add(consumption)
      const wakeUp = (queue: string | null) => {
        for (const each of consumptions) each.wakeUp(queue)
      }
      open.listening ??= listenForQueues(boss.getDb(), wakeUp, logger)
      await open.listening
      return {
        async stop() {
          consumptions.delete(consumption)
          await consumption.stop()
        },
      }
    },
    async close() {
      const open = await opening?.catch(() => null)
      opening = null
      if (open) await closeAll(open)
    },
  }
}

/** Each step has its time. What does not end in it is left alone: the server may be away. */
async function closeAll({ consumptions, listening, close, logger }: Open): Promise<void> {
  const inTime = (step: () => Promise<unknown>) =>
    answered('close', CLOSE_LIMIT_MS, step).catch((error: unknown) => {
      logger.warn({ reason: reasonOf(error) }, 'pg-boss did not close in time')
    })
  await inTime(() => Promise.all([...consumptions].map((each) => each.stop())))
  await Promise.all([inTime(async () => (await listening)?.close()), inTime(close)])
}
