/**
 * CPU time per run of a handler that does nothing, with and without a look at its signal. Run it with
 * `pnpm bench:overhead`; `--runs 50000` and `--rounds 1` make it shorter.
 */
import { parseArgs } from 'node:util'

import type { JobHandler } from '@pm/scheduler-core'

import { median } from '../report/measure.ts'
import { figure, printTable, ratio } from '../report/table.ts'
import { measureExecutor } from './executor-alone.ts'
import { measureFloor } from './floor.ts'
import { measureWholePath } from './whole-path.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200000' }, rounds: { type: 'string', default: '5' } },
})

const HANDLERS: Readonly<Record<string, JobHandler<unknown>>> = {
  'no-op': async () => {},
  'no-op that looks at its signal': async ({ signal }) => {
    if (signal.aborted) throw new Error('aborted')
  },
}

const PATHS = [
  { path: 'awaiting the handler', measure: measureFloor, atATime: 1 },
  { path: 'executor alone', measure: measureExecutor, atATime: 1 },
  { path: 'awaiting the handler', measure: measureFloor, atATime: 1_000 },
  { path: 'executor alone', measure: measureExecutor, atATime: 1_000 },
  { path: 'whole path, memory backend', measure: measureWholePath, atATime: 1_000 },
] as const

const cases = PATHS.flatMap((each) =>
  Object.entries(HANDLERS).map(([title, handler]) => ({ ...each, title, handler, ns: [] as number[] })),
)
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { measure, handler, atATime, ns } of cases) {
    ns.push(await measure(handler, { runs: Number(values.runs), warmUp: 50_000, atATime }))
  }
}

const rows = cases.map(({ path, title, atATime, ns }) => {
  const floor = cases.find((each) => each.measure === measureFloor && each.atATime === atATime && each.title === title)
  return {
    path,
    handler: title,
    'at a time': figure(atATime),
    'ns/run (median)': figure(median(ns)),
    min: figure(Math.min(...ns)),
    max: figure(Math.max(...ns)),
    'x floor': ratio(median(ns), median(floor?.ns ?? [])),
  }
})
printTable(`CPU time per run, ${figure(Number(values.runs))} runs, ${values.rounds} rounds`, rows)
