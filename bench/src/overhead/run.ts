import type { JobHandler } from '@pm/scheduler-core'

import type { RunBench } from '../bench.ts'
import { bytesPer } from '../lab/allocations.ts'
import { buildsOf } from '../lab/build.ts'
import { cpuNsPer } from '../lab/cpu.ts'
import { againNameOf, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { overheadBench } from './bench.ts'
import { openExecutor } from './executor-alone.ts'
import { openFloor } from './floor.ts'
import type { OpenPath, PathOptions } from './path.ts'
import { openWholePath } from './whole-path.ts'

const HANDLERS: Readonly<Record<string, JobHandler<unknown>>> = {
  nothing: async () => {},
  'looks at its signal': async ({ signal }) => {
    if (signal.aborted) throw new Error('aborted')
  },
}

interface Case {
  readonly path: string
  readonly atATime: number
  readonly open: (options: PathOptions) => Promise<OpenPath>
}

interface Slice {
  readonly ns: number
  readonly bytes: number
}

const FLOOR = 'awaiting the handler'
const MANY = 1_000

export const run: RunBench<typeof overheadBench.options> = async ({ options, beside, tell }) => {
  const rows: Row[] = []
  for (const [handlerName, handler] of Object.entries(HANDLERS)) {
    const cases = casesOf(beside)
    const contenders = cases.map(({ path, atATime, open }) => ({
      name: path,
      measure: () => measure(() => open({ handler, atATime }), options.runs),
    }))
    const measured = await pairedRounds(contenders, {
      rounds: options.rounds,
      warmUps: 0,
      tell: (progress) => tell(`${handlerName}, ${progress}`),
    })
    for (const [index, { path, atATime }] of cases.entries()) {
      const floor = measured[cases.findIndex((each) => each.path === FLOOR && each.atATime === atATime)]
      const each = measured[index]
      if (each && floor) rows.push({ path, handler: handlerName, atATime, ...rowOf(each, floor) })
    }
  }
  return { tables: [{ ...TABLE, rows }] }
}

function casesOf(beside: string | undefined): readonly Case[] {
  const both = [1, MANY].flatMap((atATime) => [
    { path: FLOOR, atATime, open: openFloor },
    { path: 'executor alone', atATime, open: openExecutor },
  ])
  const whole = buildsOf(beside).map((build) => ({
    path: `whole path, ${build.name}`,
    atATime: MANY,
    open: (options: PathOptions) => openWholePath(build, options),
  }))
  const [first] = whole
  const again = { path: againNameOf(FLOOR), atATime: MANY, open: openFloor }
  return [...both, ...whole, ...(first ? [{ ...first, path: againNameOf(first.path) }] : []), again]
}

/** A third of the runs warm it up, and a tenth of them say what is allocated. */
async function measure(open: () => Promise<OpenPath>, runs: number): Promise<Slice> {
  const path = await open()
  await path.run(runs / 3)
  const ns = await cpuNsPer(runs, () => path.run(runs))
  const bytes = await bytesPer(runs / 10, () => path.run(runs / 10))
  await path.close()
  return { ns, bytes }
}

function rowOf(measured: Measured<Slice>, floor: Measured<Slice>): Row {
  const all = measured.slices.map(({ ns }) => ns)
  return {
    ns: median(all),
    bestNs: Math.min(...all),
    overNs: median(all) - median(floor.slices.map(({ ns }) => ns)),
    timesFloor: timesOf(measured, floor, ({ ns }) => ns),
    bytes: median(measured.slices.map(({ bytes }) => bytes)),
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'runs',
  title: 'One run',
  columns: [
    { key: 'path', title: 'path' },
    { key: 'handler', title: 'handler' },
    { key: 'atATime', title: 'at a time' },
    { key: 'ns', title: 'CPU', unit: 'ns/run' },
    { key: 'bestNs', title: 'best', unit: 'ns/run' },
    { key: 'overNs', title: 'over the floor', unit: 'ns/run' },
    { key: 'timesFloor', title: 'x floor', unit: 'x' },
    { key: 'bytes', title: 'allocated', unit: 'B/run' },
  ],
}
