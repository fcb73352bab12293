/**
 * CPU time per run of a handler that does nothing, with and without a look at its signal. Run it with
 * `pnpm bench:overhead`; `--runs 50000` and `--rounds 1` make it shorter.
 */
import { parseArgs } from 'node:util'

import type { Handler } from '@pm/scheduler-core'

import { median } from '../report/measure.ts'
import { figure, printTable, ratio } from '../report/table.ts'
import { measureExecutor } from './executor-alone.ts'
import { measureFloor } from './floor.ts'
import { measureWholePath } from './whole-path.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200000' }, rounds: { type: 'string', default: '5' } },
})
const toMeasure = { runs: Number(values.runs), warmUp: 20_000 }

const HANDLERS: Readonly<Record<string, Handler<unknown>>> = {
  'no-op': async () => {},
  'no-op that looks at its signal': async ({ signal }) => {
    if (signal.aborted) throw new Error('aborted')
  },
}

const PATHS = {
  'awaiting the handler': measureFloor,
  'executor alone': measureExecutor,
  'whole path, memory backend': measureWholePath,
}

const figures = new Map<string, number[]>()
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [path, measure] of Object.entries(PATHS)) {
    for (const [title, handler] of Object.entries(HANDLERS)) {
      const key = `${path}: ${title}`
      figures.set(key, [...(figures.get(key) ?? []), await measure(handler, toMeasure)])
    }
  }
}

const floor = median(figures.get('awaiting the handler: no-op') ?? [])
const rows = [...figures].map(([path, ns]) => ({
  path,
  'ns/run (median)': figure(median(ns)),
  min: figure(Math.min(...ns)),
  max: figure(Math.max(...ns)),
  'x floor': ratio(median(ns), floor),
}))
printTable(`CPU time per run, ${toMeasure.runs.toLocaleString('en')} runs, ${values.rounds} rounds`, rows)
