import { type Measured, timesOf } from '../lab/rounds.ts'
import { median, sum } from '../report/statistics.ts'
import type { Column, Row } from '../result.ts'
import type { DispatchResult, IdleResult } from './case.ts'

/** One measurement of a contender; `null` where it did not finish. */
export interface JobsSlice {
  readonly idle: IdleResult | null
  readonly dispatch: DispatchResult | null
}

export const COLUMNS: readonly Column[] = [
  { key: 'jobs', title: 'jobs' },
  { key: 'contender', title: 'contender' },
  { key: 'bytesPerJob', title: 'memory', unit: 'B/job' },
  { key: 'bytesTimesHeap', title: 'x heap', unit: 'x' },
  { key: 'missed', title: 'missed' },
  { key: 'missedPercent', title: 'missed', unit: '%' },
  { key: 'early', title: 'early' },
  { key: 'double', title: 'double' },
  { key: 'p50Ms', title: 'late p50', unit: 'ms' },
  { key: 'p99Ms', title: 'p99', unit: 'ms' },
  { key: 'p99TimesHeap', title: 'p99 x heap', unit: 'x' },
  { key: 'maxMs', title: 'max', unit: 'ms' },
  { key: 'cpuPercent', title: 'CPU', unit: '%' },
  { key: 'cpuTimesHeap', title: 'CPU x heap', unit: 'x' },
  { key: 'cpuUsPerRun', title: 'CPU', unit: 'us/run' },
  { key: 'rssMb', title: 'RSS', unit: 'MB' },
]

export function rowOf(measured: Measured<JobsSlice>, floor: Measured<JobsSlice> | undefined): Row {
  return { ...idleCells(measured, floor), ...dispatchCells(measured, floor) }
}

type Floor = Measured<JobsSlice> | undefined

function idleCells(measured: Measured<JobsSlice>, floor: Floor): Row {
  const idle = measured.slices.flatMap((slice) => slice.idle ?? [])
  if (idle.length < measured.slices.length) return { bytesPerJob: UNFINISHED }
  return {
    bytesPerJob: median(idle.map(({ bytesPerJob }) => bytesPerJob)),
    bytesTimesHeap: timesOf(measured, floor, (slice) => slice.idle?.bytesPerJob ?? Number.NaN),
  }
}

function dispatchCells(measured: Measured<JobsSlice>, floor: Floor): Row {
  const all = measured.slices.flatMap(({ dispatch }) => dispatch ?? [])
  if (all.length < measured.slices.length) return { missed: UNFINISHED }
  const mid = (read: (result: DispatchResult) => number) => median(all.map(read))
  const timesHeap = (read: (result: DispatchResult) => number) =>
    timesOf(measured, floor, ({ dispatch }) => (dispatch ? read(dispatch) : Number.NaN))
  const missed = sum(all, (each) => each.missed)
  return {
    missed,
    missedPercent: (100 * missed) / sum(all, ({ due }) => due),
    early: sum(all, ({ early }) => early),
    double: sum(all, (each) => each.double),
    p50Ms: mid(({ p50 }) => p50),
    p99Ms: mid(({ p99 }) => p99),
    p99TimesHeap: timesHeap(({ p99 }) => p99),
    maxMs: mid(({ max }) => max),
    cpuPercent: mid(({ cpuPercent }) => cpuPercent),
    cpuTimesHeap: timesHeap(({ cpuPercent }) => cpuPercent),
    cpuUsPerRun: mid(({ cpuUsPerRun }) => cpuUsPerRun),
    rssMb: mid(({ rssMb }) => rssMb),
  }
}

const UNFINISHED = 'did not finish'
