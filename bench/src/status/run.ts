import { join } from 'node:path'

import type { RunBench } from '../bench.ts'
import { buildsOf, ours } from '../lab/build.ts'
import { ask, nextMessage, startChild } from '../lab/child.ts'
import { load } from '../lab/load.ts'
import { pin } from '../lab/pin.ts'
import { again, type Contender, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Table } from '../result.ts'
import type { statusBench } from './bench.ts'

interface Slice {
  readonly perSecond: number
  readonly cpuUs: number
}

const BUFFER = 'buffer'
const JSON_ANSWER = 'res.json'
const NOT_MODIFIED = 'if-none-match: *\r\n'

export const run: RunBench<typeof statusBench.options> = async ({ options, beside, tell }) => {
  const builds = buildsOf(beside)
  const server = startChild({ file: join(import.meta.dirname, 'server.ts'), args: [JSON.stringify(builds)] })
  const port = await nextMessage<number>(server)
  pin(server.pid, 0)
  pin(process.pid, 1)

  const contender = (name: string, path: string, headers = ''): Contender<Slice> => ({
    name,
    async measure() {
      const before = await ask<number>(server, 'cpu')
      const { answered, seconds } = await load({ port, path, headers, connections: 32, ms: options.ms })
      const spent = (await ask<number>(server, 'cpu')) - before
      return { perSecond: answered / seconds, cpuUs: spent / answered }
    },
  })
  const buffer = contender(BUFFER, '/buffer/status')
  const all = builds.flatMap(({ name }) => [
    contender(name, `/${name}/status`),
    contender(`${name}, 304`, `/${name}/status`, NOT_MODIFIED),
  ])
  const contenders = [
    buffer,
    contender(JSON_ANSWER, '/json/status'),
    ...all,
    again(buffer),
    ...all.slice(0, 1).map(again),
  ]
  const measured = await pairedRounds(contenders, { rounds: options.rounds, warmUps: 2, tell })
  server.kill('SIGKILL')

  const named = (wanted: string) => measured.find(({ name }) => name === wanted)
  const rate = ({ perSecond }: Slice) => perSecond
  const rows = measured.map((each) => ({
    contender: each.name,
    perSecond: median(each.slices.map(rate)),
    cpuUs: median(each.slices.map(({ cpuUs }) => cpuUs)),
    timesBuffer: timesOf(each, named(BUFFER), rate),
    timesBufferByCpu: timesOf(each, named(BUFFER), ({ cpuUs }) => 1 / cpuUs),
    timesJson: timesOf(each, named(JSON_ANSWER), rate),
    timesOurs: timesOf(each, named(ours.name), rate),
  }))
  return { tables: [{ ...TABLE, rows }] }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'status',
  title: 'The status endpoint',
  columns: [
    { key: 'contender', title: 'contender' },
    { key: 'perSecond', title: 'requests', unit: '/s' },
    { key: 'cpuUs', title: 'CPU', unit: 'us/request' },
    { key: 'timesBuffer', title: 'x buffer', unit: 'x' },
    { key: 'timesBufferByCpu', title: 'x buffer by CPU', unit: 'x' },
    { key: 'timesJson', title: 'x `res.json`', unit: 'x' },
    { key: 'timesOurs', title: 'x ours', unit: 'x' },
  ],
}
