import { figure, printTable, ratio } from '../report/table.ts'
import type { CaseResult, DispatchResult, IdleResult } from './case.ts'
import { CONTENDERS, type ContenderName } from './contenders/index.ts'

type Results = ReadonlyMap<ContenderName, CaseResult | null>

export interface MeasuredCases {
  readonly jobs: number
  readonly names: readonly ContenderName[]
  readonly idle: Results
  readonly dispatch: Results
}

/** Prints what every number of jobs cost each contender, beside the floor, as one table. */
export function printCases(measured: readonly MeasuredCases[]): void {
  printTable('Jobs that only wait, and jobs that are each due every second', measured.flatMap(rowsOf))
}

function rowsOf({ jobs, names, idle, dispatch }: MeasuredCases) {
  const floorIdle = idleOf(idle.get('heap'))
  const floor = dispatchOf(dispatch.get('heap'))
  return names.map((name) => {
    const waiting = idleOf(idle.get(name))
    const running = dispatchOf(dispatch.get(name))
    return {
      jobs: jobs.toLocaleString('en'),
      contender: CONTENDERS[name].title,
      ...(waiting ? idleCells(waiting, floorIdle) : UNFINISHED_IDLE),
      ...(running ? dispatchCells(running, floor) : UNFINISHED_DISPATCH),
    }
  })
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
