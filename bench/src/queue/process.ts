/** One of the processes of this bench. It is ready, begins when it is told to, and says what it does. */
import { setTimeout as sleep } from 'node:timers/promises'

import { PgBoss } from 'pg-boss'

import { cpuUs } from '../lab/cpu.ts'
import { openDataSource } from '../lab/postgres.ts'
import { openScheduler, openWorker } from './ours.ts'
import {
  type PgBossTask,
  preciseNow,
  type QueueNews,
  type QueueOrder,
  type QueueTask,
  type SchedulerTask,
  type WorkerTask,
} from './task.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as QueueTask
const { promise: begin, resolve: go } = Promise.withResolvers<void>()
void begin.then(() => {
  cpu = process.cpuUsage()
})

/** How often it says what it did. */
const NEWS_MS = 10
let runs = 0
let lastAt = 0
let cpu = process.cpuUsage()

function say(news: QueueNews): void {
  process.send?.(news)
}

function did(count: number): void {
  runs += count
  lastAt = preciseNow()
}

setInterval(() => {
  if (runs === 0) return
  say({ kind: 'did', runs, lastAt, cpuUs: cpuUs(cpu) })
  cpu = process.cpuUsage()
  runs = 0
}, NEWS_MS)

process.on('message', (order: QueueOrder) => {
  if (order.kind === 'measure') void measure(order.ms)
  else go()
})

async function measure(ms: number): Promise<void> {
  const [from, before] = [performance.now(), process.cpuUsage()]
  await sleep(ms)
  say({ kind: 'cpu', ms: performance.now() - from, cpuMs: cpuUs(before) / 1_000 })
}

async function takeFromPgBoss({ url, queue, size }: PgBossTask): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 4, migrate: false, supervise: false, useListenNotify: true })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  if (size === null) {
    await boss.work(queue, async () => did(1))
    return
  }
  void begin.then(async () => {
    for (;;) {
      const ids = (await boss.fetch(queue, { batchSize: size })).map(({ id }) => id)
      if (ids.length === 0) await sleep(NEWS_MS)
      else {
        await boss.complete(queue, ids)
        did(ids.length)
      }
    }
  })
}

async function work(given: WorkerTask): Promise<void> {
  const dataSource = await openDataSource(given.url)
  const isOne = given.concurrency === 1
  const worker = await openWorker(given, { dataSource, onRun: () => isOne && did(1), begin })
  if (!isOne) worker.on('run-settled', () => did(1))
}

async function schedule(given: SchedulerTask): Promise<void> {
  await openScheduler(given, await openDataSource(given.url))
}

if (task.kind === 'pg-boss') await takeFromPgBoss(task)
else if (task.kind === 'worker') await work(task)
else await schedule(task)
say({ kind: 'ready' })
