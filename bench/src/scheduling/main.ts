/**
 * Memory per idle job, and dispatch of one-second jobs, ours beside its peers and a bare heap as the floor. Run it with
 * `pnpm bench:scheduling`; `--jobs 1000,10000`, `--only heap,every` and `--seconds 5` make it shorter.
 */
import { parseArgs } from 'node:util'

import { figure, printTable, ratio } from '../report/table.ts'
import type { CaseResult, DispatchResult, IdleResult } from './case.ts'
import { CONTENDER_NAMES, CONTENDERS, type ContenderName } from './contenders/index.ts'
import { runCase } from './run-case.ts'

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000,10000,100000' },
    only: { type: 'string', default: CONTENDER_NAMES.join() },
    seconds: { type: 'string', default: '8' },
    'warm-up': { type: 'string', default: '3' },
    'limit-seconds': { type: 'string', default: '60' },
    'heap-mb': { type: 'string', default: '10000' },
  },
})
const wanted = values.only.split(',')
const names = CONTENDER_NAMES.filter((name) => wanted.includes(name))
const limits = { limitMs: Number(values['limit-seconds']) * 1_000, heapMb: Number(values['heap-mb']) }

for (const jobs of values.jobs.split(',').map(Number)) {
  const idle = new Map<ContenderName, CaseResult | null>()
  const dispatch = new Map<ContenderName, CaseResult | null>()
  for (const contender of names) {
    idle.set(contender, await runCase({ kind: 'idle', contender, jobs }, limits))
    const timing = { warmUpMs: Number(values['warm-up']) * 1_000, windowMs: Number(values.seconds) * 1_000 }
    dispatch.set(contender, await runCase({ kind: 'dispatch', contender, jobs, ...timing }, limits))
  }
  print(jobs, idle, dispatch)
}

type Results = ReadonlyMap<ContenderName, CaseResult | null>

function print(jobs: number, idle: Results, dispatch: Results): void {
  const floorIdle = idleOf(idle.get('heap'))
  const floor = dispatchOf(dispatch.get('heap'))
  const rows = names.map((name) => {
    const waiting = idleOf(idle.get(name))
    const running = dispatchOf(dispatch.get(name))
    return {
      contender: CONTENDERS[name].title,
      ...(waiting ? idleCells(waiting, floorIdle) : UNFINISHED_IDLE),
      ...(running ? dispatchCells(running, floor) : UNFINISHED_DISPATCH),
    }
  })
  printTable(`${jobs.toLocaleString('en')} jobs, each due every second`, rows)
}

function idleCells({ bytesPerJob, setupUsPerJob }: IdleResult, floor: IdleResult | null) {
  return {
    'B/job': figure(bytesPerJob),
    'x floor': ratio(bytesPerJob, floor?.bytesPerJob ?? Number.NaN),
    'set-up us/job': figure(setupUsPerJob),
  }
}

function dispatchCells(result: DispatchResult, floor: DispatchResult | null) {
  return {
    missed: share(result.missed, result.due),
    early: figure(result.early),
    double: figure(result.double),
    'late p50 ms': figure(result.p50),
    'p99 ms': figure(result.p99),
    'p99 x floor': ratio(result.p99, floor?.p99 ?? Number.NaN),
    'max ms': figure(result.max),
    'CPU %': figure(result.cpuPercent),
    'CPU x floor': ratio(result.cpuPercent, floor?.cpuPercent ?? Number.NaN),
    'CPU us/run': figure(result.cpuUsPerRun),
    'RSS MB': figure(result.rssMb),
  }
}

function share(part: number, whole: number): string {
  return part === 0 ? '0' : `${figure(part)} (${figure((100 * part) / whole)} %)`
}

const UNFINISHED_IDLE = { 'B/job': 'did not finish', 'x floor': '', 'set-up us/job': '' }
const UNFINISHED_DISPATCH = { missed: 'did not finish' }

function idleOf(result: CaseResult | null | undefined): IdleResult | null {
  return result?.kind === 'idle' ? result : null
}

function dispatchOf(result: CaseResult | null | undefined): DispatchResult | null {
  return result?.kind === 'dispatch' ? result : null
}
