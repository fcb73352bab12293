import { setTimeout as sleep } from 'node:timers/promises'

import { Logger, makeWorkerUtils, run } from 'graphile-worker'

import type { Slice } from './contest.ts'
import type { Lab } from './lab.ts'
import { startMeter } from './meter.ts'
import type { Peer } from './pg-boss.ts'

const BATCH = 500
/** Enough that its local queue is never empty for want of jobs. */
const MOST_WAITING = 5_000

/** From added to worked off, with the settings that its documentation gives for the most jobs a second. */
export async function openGraphileWorker({ url, serverPid, dataSource }: Lab): Promise<Peer> {
  let worked = 0
  let added = 0
  const logger = new Logger(() => () => {})
  const utils = await makeWorkerUtils({ connectionString: url, logger })
  const runner = await run({
    preset: {
      worker: {
        connectionString: url,
        concurrentJobs: 24,
        maxPoolSize: 25,
        localQueue: { size: 500 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    logger,
    noHandleSignals: true,
    taskList: { noop: () => void worked++ },
  })

  async function left(): Promise<number> {
    const [row] = await dataSource.query('SELECT count(*)::int AS jobs FROM graphile_worker._private_jobs')
    return row.jobs
  }

  async function work(ms: number): Promise<Slice> {
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
    return { runs: worked - before, ...stop() }
  }
  async function close(): Promise<void> {
    await runner.stop()
    await utils.release()
  }
  return { contenders: [{ name: 'graphile-worker', work }], close }
}
