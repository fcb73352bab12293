/** One of the processes of the case of several instances. Works for its time when it is told to. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

import { ours } from '../lab/build.ts'
import { openDataSource } from '../lab/postgres.ts'
import { openLedger } from './ledger.ts'
import { openTimetable } from './timetable.ts'
import { WORKERS } from './workers.ts'

export interface InstanceTask {
  readonly url: string
  readonly schema: string
  /** Through the store with jobs of its own, or a whole scheduler that shares its jobs with the others. */
  readonly way: 'store' | 'scheduler'
  readonly index: number
  readonly ms: number
  readonly size: number
  readonly jobs: number
  readonly everyMs: number
}

export interface InstanceReport {
  readonly runs: number
  readonly seconds: number
  readonly nodeUs: number
}

const SETTLE_IN_MS = 2_000
const task = JSON.parse(process.argv[2] ?? '{}') as InstanceTask
const dataSource = await openDataSource(task.url)
const instance = await (task.way === 'store' ? openStore() : openScheduler())
process.send?.('ready')
await once(process, 'message')
const [began, cpu] = [performance.now(), process.cpuUsage()]
const runs = await instance.work()
const seconds = (performance.now() - began) / 1_000
const { user, system } = process.cpuUsage(cpu)
process.send?.({ runs, seconds, nodeUs: user + system } satisfies InstanceReport)
await instance.close()
await dataSource.destroy()
process.disconnect?.()

async function openStore() {
  const ledger = await openLedger(ours, { dataSource, schema: task.schema, prefix: `${task.index}-` })
  return {
    async work() {
      const until = performance.now() + task.ms
      let done = 0
      const workers = Array.from({ length: WORKERS }, async (_, worker) => {
        while (performance.now() < until) done += await ledger.batch({ worker, size: task.size, lockJobs: true })
      })
      await Promise.all(workers)
      return done
    },
    close: async () => {},
  }
}

async function openScheduler() {
  const { schema, jobs, everyMs } = task
  const timetable = await openTimetable(ours, { dataSource, schema, jobs, everyMs })
  await sleep(SETTLE_IN_MS)
  return {
    async work() {
      timetable.takeLateness()
      await sleep(task.ms)
      return timetable.takeLateness().length
    },
    close: () => timetable.close(),
  }
}
