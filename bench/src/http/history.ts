/**
 * What history costs the status endpoint: requests per second, and the time of a snapshot that is not there yet, over
 * stores with few and with many runs, in paired rounds. The first size is what the others are compared with.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { load } from './load.ts'
import { pin } from './pin.ts'
import { median, spread } from './ratios.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000,1000000' },
    rounds: { type: 'string', default: '30' },
    ms: { type: 'string', default: '500' },
  },
})

const sizes = values.runs.split(',')
const server = fork(join(import.meta.dirname, 'history-server.ts'), sizes, { execArgv: process.execArgv })
const [port] = (await once(server, 'message')) as [number]
pin(server.pid, 0)
pin(process.pid, 1)

const rates = sizes.map(() => [] as number[])
const colds = sizes.map(() => [] as number[])
for (let round = -2; round < Number(values.rounds); round++) {
  for (let step = 0; step < sizes.length; step++) {
    const index = (step + Math.max(round, 0)) % sizes.length
    const path = `/${sizes[index]}/status`
    const { answered, seconds } = await load({ port, path, headers: '', connections: 32, ms: Number(values.ms) })
    if (round >= 0) rates[index]?.push(answered / seconds)
  }
  for (let repeat = 0; repeat < 10; repeat++) {
    const answer = once(server, 'message')
    server.send('cold')
    const [times] = (await answer) as [number[]]
    if (round >= 0) for (const [index, time] of times.entries()) colds[index]?.push(time)
  }
}
server.send('end')
await once(server, 'exit')

console.table(
  sizes.map((runs, index) => ({
    runs,
    'req/s': Math.round(median(rates[index] ?? [])),
    'cold snapshot ms': median(colds[index] ?? []).toFixed(2),
    best: Math.min(...(colds[index] ?? [])).toFixed(2),
  })),
)
for (const [index, runs] of sizes.entries()) {
  if (index === 0) continue
  console.log(`${runs} / ${sizes[0]} runs: req/s ${ratios(rates, index)}, cold snapshot ${ratios(colds, index)}`)
}

function ratios(figures: readonly (readonly number[])[], index: number): string {
  return spread((figures[index] ?? []).map((figure, round) => figure / (figures[0]?.[round] ?? Number.NaN)))
}
