/**
 * How many next due times a second: ours, croner's and cron-parser's, walking from one due time to the next. Run it
 * with `pnpm bench:next-due`; `--rounds 1` makes it shorter.
 */
import { parseArgs } from 'node:util'

import { median } from '../report/measure.ts'
import { figure, printTable, ratio } from '../report/table.ts'
import { CASES, WALKERS } from './walkers.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const START = Date.UTC(2025, 8, 16, 2)
const SLICE_MS = 300

for (const given of CASES) {
  const rates = new Map<string, number[]>()
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, walkerOf] of Object.entries(WALKERS)) {
      const step = walkerOf(given, START)
      if (step) rates.set(name, [...(rates.get(name) ?? []), rateOf(step)])
    }
  }
  const croner = median(rates.get('croner') ?? [])
  const rows = [...rates].map(([name, each]) => ({
    name,
    'per s (median)': figure(median(each)),
    min: figure(Math.min(...each)),
    max: figure(Math.max(...each)),
    'x croner': ratio(median(each), croner),
  }))
  printTable(given.title, rows)
}

/** Steps per second of CPU time. */
function rateOf(step: () => number): number {
  for (let warmUp = 0; warmUp < 2_000; warmUp++) step()
  const cpu = process.cpuUsage()
  const until = performance.now() + SLICE_MS
  let steps = 0
  while (performance.now() < until) for (let inner = 0; inner < 100; inner++, steps++) step()
  const { user, system } = process.cpuUsage(cpu)
  return (steps * 1e6) / (user + system)
}
