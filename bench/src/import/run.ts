import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import type { RunBench } from '../bench.ts'
import { buildsOf } from '../lab/build.ts'
import { againNameOf, type Contender, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Row } from '../result.ts'
import type { importBench } from './bench.ts'
import { bundleCore } from './bundle.ts'

interface Imported {
  /** All of its modules. */
  readonly ms: number
  readonly cpuMs: number
  /** What came last, with the others there. */
  readonly overMs: number
  readonly overCpuMs: number
}

const PEERS = ['croner', 'node-cron', 'node-schedule', 'toad-scheduler', 'pg-boss', 'graphile-worker', 'typeorm']
const FLOOR = 'zod and croner'
const CORE = './index.js'

export const run: RunBench<typeof importBench.options> = async ({ options, beside, tell }) => {
  const here = join(import.meta.dirname, 'probe.mjs')
  const builds = buildsOf(beside).flatMap((build) => {
    tell(`bundling core: ${build.name}`)
    const probe = bundleCore(build)
    const withCore = contender(build.name, probe, ['zod', 'croner', CORE])
    return build.name === 'ours'
      ? [
          contender(FLOOR, probe, ['zod', 'croner']),
          contender(againNameOf(FLOOR), probe, ['zod', 'croner']),
          withCore,
          contender(againNameOf(build.name), probe, ['zod', 'croner', CORE]),
        ]
      : [withCore]
  })
  const peers = PEERS.map((name) => contender(name, here, [name]))
  const measured = await pairedRounds([...builds, ...peers], { rounds: options.rounds, tell })
  const floor = measured.find(({ name }) => name === FLOOR)
  const columns = [
    { key: 'contender', title: 'imported' },
    { key: 'ms', title: 'all', unit: 'ms' },
    { key: 'bestMs', title: 'best', unit: 'ms' },
    { key: 'cpuMs', title: 'CPU', unit: 'ms' },
    { key: 'timesFloor', title: `x ${FLOOR}`, unit: 'x' },
    { key: 'overMs', title: `over ${FLOOR}`, unit: 'ms' },
    { key: 'bestOverMs', title: 'best', unit: 'ms' },
    { key: 'overCpuMs', title: 'CPU', unit: 'ms' },
  ]
  const rows = measured.map((each) => rowOf(each, floor))
  return { tables: [{ name: 'import', title: 'Imports in processes of their own', columns, rows }] }
}

function contender(name: string, probe: string, names: readonly string[]): Contender<Imported> {
  return {
    name,
    async measure() {
      const output = execFileSync(process.execPath, [probe, ...names], { encoding: 'utf8' })
      const times = JSON.parse(output) as { readonly ms: number; readonly cpuMs: number }[]
      return {
        ms: times.reduce((sum, { ms }) => sum + ms, 0),
        cpuMs: times.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        overMs: names.includes(CORE) ? (times.at(-1)?.ms ?? Number.NaN) : Number.NaN,
        overCpuMs: times.at(-1)?.cpuMs ?? Number.NaN,
      }
    },
  }
}

function rowOf(measured: Measured<Imported>, floor: Measured<Imported> | undefined): Row {
  const { name, slices } = measured
  const over = slices.map(({ overMs }) => overMs)
  return {
    contender: name,
    ms: median(slices.map(({ ms }) => ms)),
    bestMs: Math.min(...slices.map(({ ms }) => ms)),
    cpuMs: median(slices.map(({ cpuMs }) => cpuMs)),
    timesFloor: timesOf(measured, floor, ({ ms }) => ms),
    ...(over.some(Number.isFinite) && {
      overMs: median(over),
      bestOverMs: Math.min(...over),
      overCpuMs: median(slices.map(({ overCpuMs }) => overCpuMs)),
    }),
  }
}
