import { setTimeout as sleep } from 'node:timers/promises'

import { median, spread } from '../http/ratios.ts'
import { figure } from '../report/table.ts'
import { openBare } from './bare.ts'
import type { Build } from './build.ts'
import type { Case, CaseOptions, Table } from './case.ts'
import { ratiosTo, type Slice } from './contest.ts'
import type { Lab } from './lab.ts'
import { startMeter } from './meter.ts'
import { openTimetable, settledTable, unrunOf } from './timetable.ts'

const EVERY_MS = 100
/** How many jobs are due at once: more than the machine can do, and what it must do without a miss. */
const JOBS = [1_000, 500]
const SECONDS = 10
const SETTLE_IN_MS = 2_000

interface Measured extends Slice {
  readonly build: string
  readonly jobs: number
  readonly floor: number
  readonly missed: number
  readonly skipped: number
  readonly lateness: readonly number[]
}

/** Runs of the public API, with the floor before and after each in the same minute. */
export const endToEndCase: Case = async (lab, options) => {
  const rounds = options.quick ? 1 : Math.min(options.rounds, 3)
  const bare = (await openBare(lab))(500)
  const measured: Measured[] = []
  for (let round = 0; round < rounds; round++) {
    for (const jobs of JOBS) {
      for (const build of options.builds) {
        const before = await bare.work(options.ms)
        const slice = await measure(lab, { build, jobs, round, seconds: options.quick ? 3 : SECONDS })
        const after = await bare.work(options.ms)
        const floor = (before.runs + after.runs) / (before.seconds + after.seconds)
        measured.push({ ...slice, build: build.name, jobs, floor })
        process.stderr.write(`${build.name}, ${jobs} jobs, round ${round + 1} of ${rounds}\n`)
      }
    }
  }
  return [toTable(measured, options)]
}

interface MeasureOptions {
  readonly build: Build
  readonly jobs: number
  readonly round: number
  readonly seconds: number
}

async function measure({ dataSource, serverPid }: Lab, { build, jobs, round, seconds }: MeasureOptions) {
  const schema = `${build.name.replaceAll(' ', '_')}_${jobs}_${round}`
  const timetable = await openTimetable(build, { dataSource, schema, jobs, everyMs: EVERY_MS })
  await sleep(SETTLE_IN_MS)
  timetable.takeLateness()
  const from = Date.now()
  const stop = startMeter(serverPid)
  await sleep(seconds * 1_000)
  const lateness = timetable.takeLateness()
  const effort = stop()
  const to = Date.now()
  await timetable.close()
  const table = await settledTable(dataSource, schema)
  const { missed = 0, skipped = 0 } = await unrunOf(dataSource, { table, from, to })
  return { ...effort, runs: lateness.length, lateness, missed, skipped }
}

function toTable(measured: readonly Measured[], { builds }: CaseOptions): Table {
  const rows = JOBS.flatMap((jobs) =>
    builds.map(({ name }) => {
      const slices = measured.filter((slice) => slice.build === name && slice.jobs === jobs)
      const rates = slices.map(({ runs, seconds }) => runs / seconds)
      const sum = (of: (slice: Measured) => number) => slices.reduce((total, slice) => total + of(slice), 0)
      const lateness = slices.flatMap((slice) => slice.lateness).toSorted((a, b) => a - b)
      return {
        contender: name,
        'due/s': figure((jobs * 1_000) / EVERY_MS),
        'settled/s': figure(median(rates)),
        'bare/s': figure(median(slices.map(({ floor }) => floor))),
        'x floor': spread(
          ratiosTo(
            rates,
            slices.map(({ floor }) => floor),
          ),
        ),
        'missed or skipped': figure(sum(({ missed, skipped }) => missed + skipped)),
        'late p50 ms': figure(lateness[Math.floor(0.5 * lateness.length)] ?? Number.NaN),
        'late p99 ms': figure(lateness[Math.floor(0.99 * lateness.length)] ?? Number.NaN),
        'Node us/run': figure(sum(({ nodeUs }) => nodeUs) / sum(({ runs }) => runs)),
        'PostgreSQL us/run': figure(sum(({ serverUs }) => serverUs ?? Number.NaN) / sum(({ runs }) => runs)),
      }
    }),
  )
  return { title: `End to end: jobs due every ${EVERY_MS} ms through the public API`, rows }
}
