import { setTimeout as sleep } from 'node:timers/promises'

import type { Build } from '../lab/build.ts'
import type { Postgres } from '../lab/postgres.ts'
import { orderOf } from '../lab/rounds.ts'
import { median, quantile, spreadOf, sum } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import { openBare } from './bare.ts'
import type { Case, CaseOptions } from './case.ts'
import { rateOf, type Slice } from './contest.ts'
import { startMeter } from './meter.ts'
import { openTimetable, settledTable, unrunOf } from './timetable.ts'

const EVERY_MS = 100
const MOST_ROUNDS = 2
const SETTLE_IN_MS = 2_000
/** Of the scheduler, for each second of the floor. */
const TIMES_LONGER = 5

interface Measured extends Slice {
  readonly build: string
  readonly jobs: number
  readonly floor: number
  /** The floor after it, for each run of that before it. */
  readonly floorAgain: number
  readonly missed: number
  readonly skipped: number
  readonly lateness: readonly number[]
}

/** Runs of the public API, with the floor before and after each in the same minute. */
export const endToEndCase: Case = async (postgres, input) => {
  const { builds, options, tell } = input
  const bare = (await openBare(postgres))(500)
  const measured: Measured[] = []
  const rounds = Math.min(options.rounds, MOST_ROUNDS)
  for (let round = 0; round < rounds; round++) {
    for (const jobs of options.jobs) {
      for (const index of orderOf(round, builds.length)) {
        const build = builds[index]
        if (build === undefined) continue
        tell(`${build.name}, ${jobs} jobs, round ${round + 1} of ${rounds}`)
        const before = await bare.work(options.ms)
        const slice = await measure(postgres, { build, jobs, round, ms: options.ms * TIMES_LONGER })
        const after = await bare.work(options.ms)
        const floor = (before.runs + after.runs) / (before.seconds + after.seconds)
        measured.push({ ...slice, build: build.name, jobs, floor, floorAgain: rateOf(after) / rateOf(before) })
      }
    }
  }
  return [toTable(measured, input)]
}

interface MeasureOptions {
  readonly build: Build
  readonly jobs: number
  readonly round: number
  readonly ms: number
}

async function measure({ dataSource, serverPid }: Postgres, { build, jobs, round, ms }: MeasureOptions) {
  const schema = `${build.name}_${jobs}_${round}`
  const timetable = await openTimetable(build, { dataSource, schema, jobs, everyMs: EVERY_MS })
  await sleep(SETTLE_IN_MS)
  timetable.takeLateness()
  const from = Date.now()
  const stop = startMeter(serverPid)
  await sleep(ms)
  const lateness = timetable.takeLateness()
  const effort = stop()
  const to = Date.now()
  await timetable.close()
  const table = await settledTable(dataSource, schema)
  const { missed = 0, skipped = 0 } = await unrunOf(dataSource, { table, from, to })
  return { ...effort, runs: lateness.length, lateness, missed, skipped }
}

function toTable(measured: readonly Measured[], { builds, options }: CaseOptions): Table {
  const rows = options.jobs.flatMap((jobs) =>
    builds.map(({ name }) => {
      const slices = measured.filter((slice) => slice.build === name && slice.jobs === jobs)
      return { contender: name, jobs, ...rowOf(slices), due: (jobs * 1_000) / EVERY_MS }
    }),
  )
  const columns = [
    { key: 'contender', title: 'contender' },
    { key: 'jobs', title: 'jobs' },
    { key: 'due', title: 'due', unit: '/s' },
    { key: 'settled', title: 'settled', unit: '/s' },
    { key: 'bare', title: 'bare', unit: '/s' },
    { key: 'timesFloor', title: 'x floor', unit: 'x' },
    { key: 'floorAgain', title: 'bare again', unit: 'x' },
    { key: 'notRun', title: 'missed or skipped' },
    { key: 'p50Ms', title: 'late p50', unit: 'ms' },
    { key: 'p99Ms', title: 'late p99', unit: 'ms' },
    { key: 'nodeUs', title: 'Node', unit: 'us/run' },
    { key: 'serverUs', title: 'PostgreSQL', unit: 'us/run' },
  ]
  const title = `End to end: jobs due every ${EVERY_MS} ms through the public API`
  return { name: 'end-to-end', title, columns, rows }
}

function rowOf(slices: readonly Measured[]): Row {
  const lateness = slices.flatMap((slice) => slice.lateness)
  const runs = sum(slices, (slice) => slice.runs)
  return {
    settled: median(slices.map(rateOf)),
    bare: median(slices.map(({ floor }) => floor)),
    timesFloor: spreadOf(slices.map((slice) => rateOf(slice) / slice.floor)),
    floorAgain: spreadOf(slices.map(({ floorAgain }) => floorAgain)),
    notRun: sum(slices, ({ missed, skipped }) => missed + skipped),
    p50Ms: quantile(lateness, 0.5),
    p99Ms: quantile(lateness, 0.99),
    nodeUs: sum(slices, ({ nodeUs }) => nodeUs) / runs,
    serverUs: sum(slices, ({ serverUs }) => serverUs ?? Number.NaN) / runs,
  }
}
