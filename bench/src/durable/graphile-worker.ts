import { setTimeout as sleep } from 'node:timers/promises'

import { Logger, makeWorkerUtils, run } from 'graphile-worker'

import type { Postgres } from '../lab/postgres.ts'
import type { Slice } from './contest.ts'
import { startMeter } from './meter.ts'
import type { Peer } from './pg-boss.ts'

const BATCH = 500
/** Enough that its local queue is never empty for want of jobs. */
const MOST_WAITING = 1_500

export interface GraphileOptions {
  readonly name: string
  /** Whether it completes jobs in batches too, as its documentation does for the most jobs a second. */
  readonly batches: boolean
}

/** From added to worked off, with its local queue. */
export async function openGraphileWorker(
  { url, serverPid, dataSource }: Postgres,
  { name, batches }: GraphileOptions,
): Promise<Peer> {
  const schema = batches ? 'graphile_batches' : 'graphile_single'
  let worked = 0
  let added = 0
  const logger = new Logger(() => () => {})
  const utils = await makeWorkerUtils({ connectionString: url, schema, logger, maxPoolSize: 2 })
  /** Anew for each slice: one that was idle beside another took up no more jobs. */
  const start = () =>
    run({
      preset: {
        worker: {
          connectionString: url,
          schema,
          concurrentJobs: 24,
          maxPoolSize: 25,
          // The last jobs of a slice may wait for it.
          pollInterval: 100,
          localQueue: { size: 500 },
          ...(batches && { completeJobBatchDelay: 0, failJobBatchDelay: 0 }),
        },
      },
      logger,
      noHandleSignals: true,
      taskList: { noop: () => void worked++ },
    })

  async function left(): Promise<number> {
    const [row] = await dataSource.query(`SELECT count(*)::int AS jobs FROM ${schema}._private_jobs`)
    return row.jobs
  }

  async function work(ms: number): Promise<Slice> {
    const runner = await start()
    const stop = startMeter(serverPid)
    const [until, before] = [performance.now() + ms, worked]
    while (performance.now() < until) {
      if (added - worked > MOST_WAITING) await sleep(1)
      else {
        await utils.addJobs(Array.from({ length: BATCH }, (_, index) => ({ identifier: 'noop', payload: { index } })))
        added += BATCH
      }
    }
    // A job is worked off when its row is gone.
    while (worked < added || (await left()) > 0) await sleep(2)
    const effort = stop()
    await runner.stop()
    return { runs: worked - before, ...effort }
  }
  async function close(): Promise<void> {
    await utils.release()
  }
  return { workers: [{ name, work }], close }
}
