/**
 * The status endpoint beside a buffer written by a mounted Router and `res.json`, in rounds that are paired and in an
 * order that turns: requests per second, and CPU of the server per request, which other work on the machine disturbs less.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { load } from './load.ts'
import { pin } from './pin.ts'
import { median, spread } from './ratios.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, ms: { type: 'string', default: '700' } },
})

const server = fork(join(import.meta.dirname, 'status-server.ts'), { execArgv: process.execArgv })
pin(server.pid, 0)
pin(process.pid, 1)
const [port] = (await once(server, 'message')) as [number]
const etag = (await head('/ours/status')).headers['etag'] ?? ''

const CASES: readonly { readonly name: string; readonly path: string; readonly headers?: string }[] = [
  { name: 'buffer', path: '/buffer/status' },
  { name: 'buffer again', path: '/buffer/status' },
  { name: 'res.json', path: '/json/status' },
  { name: 'ours 200', path: '/ours/status' },
  { name: 'ours 200 again', path: '/ours/status' },
  { name: 'ours 304', path: '/ours/status', headers: 'if-none-match: *\r\n' },
]
const results = CASES.map(() => ({ rate: [] as number[], cpu: [] as number[] }))
console.log(`etag ${etag}`)
for (let round = -2; round < Number(values.rounds); round++) {
  for (let step = 0; step < CASES.length; step++) {
    const index = (step + Math.max(round, 0)) % CASES.length
    const { path, headers = '' } = CASES[index] ?? CASES[0] ?? { path: '/' }
    const before = await cpu()
    const { answered, seconds } = await load({ port, path, headers, connections: 32, ms: Number(values.ms) })
    const spent = (await cpu()) - before
    if (round < 0) continue
    results[index]?.rate.push(answered / seconds)
    results[index]?.cpu.push(spent / answered)
  }
}
server.kill()

console.table(
  CASES.map(({ name }, index) => {
    const { rate = [], cpu: spent = [] } = results[index] ?? {}
    return { name, 'req/s': Math.round(median(rate)), 'CPU us/req': median(spent).toFixed(1) }
  }),
)
for (const [a, b] of [
  ['ours 200', 'buffer'],
  ['ours 200', 'res.json'],
  ['ours 304', 'ours 200'],
  ['buffer again', 'buffer'],
  ['ours 200 again', 'ours 200'],
] as const) {
  const [left, right] = [a, b].map((name) => results[CASES.findIndex((each) => each.name === name)])
  const rates = left?.rate.map((rate, round) => rate / (right?.rate[round] ?? Number.NaN)) ?? []
  const cpus = left?.cpu.map((spent, round) => (right?.cpu[round] ?? Number.NaN) / spent) ?? []
  console.log(`${a} / ${b}: req/s ${spread(rates)}, by CPU ${spread(cpus)}`)
}

async function cpu(): Promise<number> {
  const response = await head('/cpu')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return Number(Buffer.concat(chunks))
}

async function head(path: string) {
  const [response] = await once(get({ port, path, host: '127.0.0.1' }), 'response')
  return response as import('node:http').IncomingMessage
}
