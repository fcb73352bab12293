/**
 * Durable runs on PostgreSQL: what the ledger takes beside a bare table, beside two queues, end to end through a
 * scheduler, with a second instance, and while a long history is deleted. Everything that a ratio compares ran in the
 * same rounds on the same server. `pnpm bench:durable [seconds]` runs all cases, `pnpm bench:durable floor 500` one.
 */
import { appendFileSync } from 'node:fs'
import { loadavg } from 'node:os'

import { printTable } from '../report/table.ts'
import type { Case, Table } from './case.ts'
import { endToEndCase } from './end-to-end-case.ts'
import { floorCase } from './floor-case.ts'
import { instancesCase } from './instances-case.ts'
import { withLab } from './lab.ts'
import { readOptions } from './options.ts'
import { peersCase } from './peers-case.ts'
import { purgeCase } from './purge-case.ts'

const CASES = new Map<string, Case>(
  Object.entries({
    floor: floorCase,
    peers: peersCase,
    'end-to-end': endToEndCase,
    instances: instancesCase,
    purge: purgeCase,
  }),
)

const options = await readOptions(process.argv.slice(2))
for (const name of options.cases) {
  if (!CASES.has(name)) throw new Error(`There is no case ${name}, only ${[...CASES.keys()].join(', ')}.`)
}
for (const [name, run] of CASES) {
  if (options.cases.length > 0 && !options.cases.includes(name)) continue
  const loadBefore = loadavg()[0] ?? Number.NaN
  const { tables, versions } = await withLab(async (lab) => ({
    tables: await run(lab, options),
    versions: lab.versions,
  }))
  const load = `load ${loadBefore.toFixed(1)} to ${(loadavg()[0] ?? Number.NaN).toFixed(1)}`
  print(tables, `${Object.entries(versions).flat().join(' ')}; ${load}`)
  if (options.json) {
    const { rounds, ms } = options
    const line = { at: new Date().toISOString(), case: name, versions, load, rounds, ms, tables }
    appendFileSync(options.json, `${JSON.stringify(line)}\n`)
  }
}

function print(tables: readonly Table[], circumstances: string): void {
  for (const { title, rows } of tables) printTable(`${title} (${circumstances})`, rows)
}
