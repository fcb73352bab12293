/** The process in which one case is measured: its argument is the case, its message the result. */
import { setTimeout as sleep } from 'node:timers/promises'

import { bytesInUse } from '../lab/cpu.ts'
import type { Case, CaseResult, DispatchCase, DispatchResult, IdleCase, IdleResult } from './case.ts'
import type { Contender } from './contender.ts'
import { openOurs } from './contenders/ours.ts'
import { PEERS } from './contenders/peers.ts'
import { DispatchLog } from './dispatch-log.ts'

const SECOND = 1_000
/** After the window, for runs that are late. */
const TAIL_MS = 1_500

const given: Case = JSON.parse(process.argv[2] ?? '')
const id = given.contender
const contender = id.kind === 'peer' ? PEERS[id.name] : await openOurs(id.root, id.schedule)
const result: CaseResult = given.kind === 'idle' ? await idle(contender, given) : await dispatch(contender, given)
process.send?.(result, () => process.exit())

async function idle(contender: Contender, { jobs }: IdleCase): Promise<IdleResult> {
  // The first jobs bring what all of them share: loaded modules, compiled schemas, zones.
  await contender.start({ jobs: 10, period: 'day', onRun: () => {} })
  const before = bytesInUse()
  await contender.start({ jobs, period: 'day', onRun: () => {} })
  await sleep(SECOND)
  return { kind: 'idle', bytesPerJob: (bytesInUse() - before) / jobs }
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
    cpuUsPerRun: (user + system) / Math.max(1, counts.due - counts.missed),
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  }
}

async function sleepUntil(instant: number): Promise<void> {
  await sleep(Math.max(0, instant - Date.now()))
}
