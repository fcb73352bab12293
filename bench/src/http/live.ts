/**
 * Live updates beside `res.write` of one shared buffer, by `node:http` alone and in a mounted Router, ten events a second:
 * CPU of the server, p99 from an event's making to its arrival, memory for each client. The server gets a core and the
 * load the other, each case a process of its own, in rounds of both buffers, ours, and the mounted buffer again.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { pin } from './pin.ts'
import { median, spread } from './ratios.ts'

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '1000,5000' },
    rounds: { type: 'string', default: '30' },
    ms: { type: 'string', default: '5000' },
  },
})

export type Contender = 'ours' | 'buffer' | 'router'

/** What is measured in each round, in this order. */
const ROUND = { buffer: 'buffer', router: 'router', ours: 'ours', again: 'router' } as const
type Place = keyof typeof ROUND
const PLACES = Object.keys(ROUND) as Place[]

interface Figures {
  readonly cpuPct: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of the whole process, so with what the allocator keeps for itself. */
  readonly bytesPerClient: number
  /** Of objects and buffers in use. */
  readonly heapPerClient: number
  readonly events: number
}

/** Clients that come and go before anything is measured. */
const WARM_UP = 500

interface Memory {
  readonly rss: number
  readonly heap: number
}

pin(process.pid, 1)
for (const clients of values.clients.split(',').map(Number)) {
  const rounds: Record<Place, Figures>[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const measured: Partial<Record<Place, Figures>> = {}
    for (const place of PLACES) measured[place] = await measure(ROUND[place], clients)
    rounds.push(measured as Record<Place, Figures>)
  }
  console.log(`\n${clients} clients, ${rounds.length} rounds`)
  console.table(Object.fromEntries(PLACES.map((place) => [place, middle(rounds.map((each) => each[place]))])))
  for (const figure of ['cpuPct', 'p99Ms', 'bytesPerClient', 'heapPerClient'] as const)
    for (const [place, beside] of [
      ['ours', 'buffer'],
      ['ours', 'router'],
      ['again', 'router'],
    ] as const)
      console.log(
        `${figure}: ${place} / ${beside} ${spread(rounds.map((each) => each[place][figure] / each[beside][figure]))}`,
      )
}

async function measure(contender: Contender, clients: number): Promise<Figures> {
  const execArgv = [...process.execArgv, '--expose-gc']
  const server = fork(join(import.meta.dirname, 'live-server.ts'), [contender], { execArgv })
  pin(server.pid, 0)
  const [{ port }] = (await once(server, 'message')) as [{ port: number }]
  let arrived: { sequence: number; at: number }[] = []
  const note = (sequence: number) => void arrived.push({ sequence, at: performance.timeOrigin + performance.now() })
  // What is compiled, and the young generation at its full size, belong to no client.
  for (const socket of await openSockets(port, WARM_UP, note)) socket.destroy()
  await sleep(500)
  const before = await ask<Memory>(server, 'memory')
  const sockets = await openSockets(port, clients, note)
  const after = await ask<Memory>(server, 'memory')
  await sleep(500)
  arrived = []
  server.send('measure')
  const from = performance.now()
  await sleep(Number(values.ms))
  const seen = arrived
  const { cpuMs, madeAt } = await ask<{ cpuMs: number; madeAt: [number, number][] }>(server, 'report')
  const seconds = (performance.now() - from) / 1_000
  for (const socket of sockets) socket.destroy()
  server.kill()
  await once(server, 'exit')
  const times = new Map(madeAt)
  const late = seen.map(({ sequence, at }) => at - (times.get(sequence) ?? Number.NaN)).sort((a, b) => a - b)
  return {
    cpuPct: cpuMs / 10 / seconds,
    p50Ms: late[Math.floor(late.length / 2)] ?? Number.NaN,
    p99Ms: late[Math.floor(late.length * 0.99)] ?? Number.NaN,
    bytesPerClient: (after.rss - before.rss) / clients,
    heapPerClient: (after.heap - before.heap) / clients,
    events: seen.length / clients / seconds,
  }
}

async function openSockets(port: number, count: number, onEvent: (sequence: number) => void): Promise<Socket[]> {
  const sockets: Socket[] = []
  for (let opened = 0; opened < count; opened++) {
    sockets.push(follow(port, onEvent))
    if (opened % 100 === 99) await sleep(20)
  }
  await sleep(2_000)
  return sockets
}

function follow(port: number, onEvent: (sequence: number) => void): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.on('connect', () => socket.write('GET /events HTTP/1.1\r\nhost: bench\r\n\r\n'))
  socket.on('data', (chunk) => {
    for (const [, sequence] of chunk.toString('latin1').matchAll(/id: 1758-(\d+)\n/g)) onEvent(Number(sequence))
  })
  return socket
}

async function ask<T>(server: ChildProcess, what: string): Promise<T> {
  const answer = once(server, 'message')
  server.send(what)
  return (await answer)[0] as T
}

function middle(all: readonly Figures[]) {
  const of = (figure: keyof Figures, digits = 1) => Number(median(all.map((each) => each[figure])).toFixed(digits))
  return {
    'CPU %': of('cpuPct'),
    'p50 ms': of('p50Ms'),
    'p99 ms': of('p99Ms'),
    'bytes/client': of('bytesPerClient', 0),
    'heap bytes/client': of('heapPerClient', 0),
    'events/s': of('events'),
  }
}
