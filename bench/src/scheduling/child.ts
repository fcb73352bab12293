/** The process in which one case is measured: its argument is the case, its message the result. */
import { setTimeout as sleep } from 'node:timers/promises'

import type { Case, CaseResult, DispatchCase, DispatchResult, IdleCase, IdleResult } from './case.ts'
import type { Contender } from './contender.ts'
import { CONTENDERS, type ContenderName } from './contenders/index.ts'
import { DispatchLog } from './dispatch-log.ts'

const SECOND = 1_000
/** After the window, for runs that are late. */
const TAIL_MS = 1_500

const given: Case = JSON.parse(process.argv[2] ?? '')
const contender = CONTENDERS[given.contender as ContenderName]
const result: CaseResult = given.kind === 'idle' ? await idle(contender, given) : await dispatch(contender, given)
if (process.send) process.send(result, () => process.exit())
else console.log(result)
if (!process.send) process.exit()

async function idle(contender: Contender, { jobs }: IdleCase): Promise<IdleResult> {
  // The first jobs bring what all of them share: loaded modules, compiled schemas, zones.
  await contender.start({ jobs: 10, period: 'day', onRun: () => {} })
  const before = bytesInUse()
  const cpu = process.cpuUsage()
  await contender.start({ jobs, period: 'day', onRun: () => {} })
  await sleep(2 * SECOND)
  const { user, system } = process.cpuUsage(cpu)
  return {
    kind: 'idle',
    bytesPerJob: (bytesInUse() - before) / jobs,
    setupUsPerJob: (user + system) / jobs,
  }
}

async function dispatch(contender: Contender, { jobs, warmUpMs, windowMs }: DispatchCase): Promise<DispatchResult> {
  const log = new DispatchLog(jobs)
  await contender.start({ jobs, period: 'second', onRun: (job, dueAt) => log.note(job, dueAt) })
  const from = Math.ceil(Date.now() / SECOND) * SECOND + warmUpMs
  const upTo = from + windowMs
  log.measure({ from, upTo })
  await sleepUntil(from - SECOND / 2)
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  await sleepUntil(upTo - SECOND / 2)
  const { user, system } = process.cpuUsage(cpu)
  const cpuPercent = (user + system) / 10 / (performance.now() - startedAt)
  await sleep(TAIL_MS)
  const { counts } = log
  return {
    kind: 'dispatch',
    ...counts,
    cpuPercent,
    cpuUsPerRun: (user + system) / (counts.due - counts.missed),
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  }
}

async function sleepUntil(instant: number): Promise<void> {
  await sleep(Math.max(0, instant - Date.now()))
}

function bytesInUse(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
