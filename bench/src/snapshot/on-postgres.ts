import { once } from 'node:events'
import { join } from 'node:path'

import type { BenchInput, Findings } from '../bench.ts'
import { buildsOf } from '../lab/build.ts'
import { ask, nextMessage, startChild } from '../lab/child.ts'
import { load } from '../lab/load.ts'
import { pin } from '../lab/pin.ts'
import { againNameOf, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { snapshotBench } from './bench.ts'
import type { ColdAnswer, ServerReady } from './server.ts'

interface Slice {
  readonly ms: number
  readonly bestMs: number
  readonly sumsMs: number
  readonly longestTurnMs: number
  readonly perSecond: number
}

interface Place {
  readonly contender: string
  readonly runs: number
  readonly place: number
}

/** Cold snapshots and requests over stores that hold few and many settled runs. */
export async function measureOnPostgres(input: BenchInput<typeof snapshotBench.options>): Promise<Findings> {
  const { options, beside, tell } = input
  const builds = buildsOf(beside)
  const task = JSON.stringify({ builds, runs: options.runs })
  const server = startChild({ file: join(import.meta.dirname, 'server.ts'), args: [task] })
  const { port, version } = await nextMessage<ServerReady>(server)
  pin(server.pid, 0)
  pin(process.pid, 1)
  const places = builds.flatMap(({ name }, at) =>
    options.runs.map((runs, index) => ({ contender: name, runs, place: at * options.runs.length + index })),
  )
  const again = places.slice(0, 1).map((first) => ({ ...first, contender: againNameOf(first.contender) }))
  const all = [...places, ...again]
  const measured = await pairedRounds(
    all.map((place) => ({
      name: place.contender,
      async measure(): Promise<Slice> {
        const cold = await ask<ColdAnswer>(server, { place: place.place })
        const path = `/${place.place}/status`
        const { answered, seconds } = await load({ port, path, headers: '', connections: 32, ms: options.ms })
        return {
          ms: median(cold.ms),
          bestMs: Math.min(...cold.ms),
          sumsMs: median(cold.sumsMs),
          longestTurnMs: Math.max(...cold.longestTurnMs),
          perSecond: answered / seconds,
        }
      },
    })),
    { rounds: options.rounds, warmUps: 2, tell: (progress) => tell(`on PostgreSQL, ${progress}`) },
  )
  server.send('end')
  await once(server, 'exit')
  const rows = all.map((place, index) => rowOf(place, measured[index], measured[firstOf(all, place)]))
  return { tables: [{ ...TABLE, rows }], versions: { postgresql: version } }
}

/** The fewest runs of the same build: that of the self-comparison is ours. */
function firstOf(all: readonly Place[], { contender }: Place): number {
  const own = all.findIndex((place) => place.contender === contender)
  return own === all.length - 1 ? 0 : own
}

function rowOf(place: Place, measured: Measured<Slice> | undefined, fewest: Measured<Slice> | undefined): Row {
  if (measured === undefined) return {}
  const { slices } = measured
  return {
    contender: place.contender,
    runs: place.runs,
    ms: median(slices.map(({ ms }) => ms)),
    bestMs: Math.min(...slices.map(({ bestMs }) => bestMs)),
    timesFewest: timesOf(measured, fewest, ({ ms }) => ms),
    sumsMs: median(slices.map(({ sumsMs }) => sumsMs)),
    longestTurnMs: median(slices.map(({ longestTurnMs }) => longestTurnMs)),
    perSecond: median(slices.map(({ perSecond }) => perSecond)),
    rateTimesFewest: timesOf(measured, fewest, ({ perSecond }) => perSecond),
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'runs',
  title: 'Ten jobs on PostgreSQL',
  columns: [
    { key: 'contender', title: 'contender' },
    { key: 'runs', title: 'settled runs' },
    { key: 'ms', title: 'cold snapshot', unit: 'ms' },
    { key: 'bestMs', title: 'best', unit: 'ms' },
    { key: 'timesFewest', title: 'x fewest', unit: 'x' },
    { key: 'sumsMs', title: 'sums alone', unit: 'ms' },
    { key: 'longestTurnMs', title: 'longest task', unit: 'ms' },
    { key: 'perSecond', title: 'requests', unit: '/s' },
    { key: 'rateTimesFewest', title: 'x fewest', unit: 'x' },
  ],
}
