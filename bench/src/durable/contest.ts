import { againNameOf, type Measured, pairedRounds, type RoundsOptions, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Column, Row } from '../result.ts'
import type { Effort } from './meter.ts'

/** Something that works off runs, or rows that stand for runs. */
export interface Worker {
  readonly name: string
  /** Works for about so long, and answers how many runs it has finished and what that took. */
  work(ms: number): Promise<Slice>
}

export interface Slice extends Effort {
  readonly runs: number
}

export interface ContestOptions extends RoundsOptions {
  /** How long each works in each round. */
  readonly ms: number
}

const MOST_WARM_UP_MS = 1_000

/** Lets all of them work in each round, the floor first and, again, beside itself. */
export function contest(floor: Worker, workers: readonly Worker[], options: ContestOptions) {
  const { ms } = options
  const contenders = [floor, ...workers, { ...floor, name: againNameOf(floor.name) }].map((worker) => ({
    name: worker.name,
    measure: (round: number) => worker.work(round < 0 ? Math.min(ms, MOST_WARM_UP_MS) : ms),
  }))
  return pairedRounds(contenders, options)
}

export function rateOf({ runs, seconds }: Slice): number {
  return runs / seconds
}

/** Runs for each microsecond of CPU, of Node and of PostgreSQL: steadier than a rate when others use the machine too. */
function runsPerCpu({ runs, nodeUs, serverUs }: Slice): number {
  return runs / (nodeUs + (serverUs ?? Number.NaN))
}

/** The columns that every table has. */
export const COMMON_COLUMNS: readonly Column[] = [
  { key: 'contender', title: 'contender' },
  { key: 'perSecond', title: 'runs', unit: '/s' },
  { key: 'timesFloor', title: 'x floor', unit: 'x' },
  { key: 'timesFloorByCpu', title: 'x floor by CPU', unit: 'x' },
  { key: 'nodeUs', title: 'Node', unit: 'us/run' },
  { key: 'serverUs', title: 'PostgreSQL', unit: 'us/run' },
]

export function rowOf(measured: Measured<Slice>, floor: Measured<Slice> | undefined): Row {
  const perRun = (of: (slice: Slice) => number | null) => {
    return median(measured.slices.map((slice) => (of(slice) ?? Number.NaN) / slice.runs))
  }
  return {
    contender: measured.name,
    perSecond: median(measured.slices.map(rateOf)),
    timesFloor: timesOf(measured, floor, rateOf),
    timesFloorByCpu: timesOf(measured, floor, runsPerCpu),
    nodeUs: perRun(({ nodeUs }) => nodeUs),
    serverUs: perRun(({ serverUs }) => serverUs),
  }
}
