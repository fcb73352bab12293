import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { RunBench } from '../bench.ts'
import { ask, nextMessage, startChild } from '../lab/child.ts'
import { pin } from '../lab/pin.ts'
import { again, type Measured, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median, quantile } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { liveBench } from './bench.ts'
import type { Served } from './served.ts'

const SERVED: Readonly<Record<string, Served>> = {
  'buffer by `node:http`': 'buffer',
  'buffer in a Router': 'router',
  ours: 'ours',
}

interface Load {
  readonly clients: number
  readonly ms: number
}

interface Figures {
  readonly cpuPercent: number
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

export const run: RunBench<typeof liveBench.options> = async ({ options, tell }) => {
  pin(process.pid, 1)
  const rows: Row[] = []
  for (const clients of options.clients) {
    const contenders = Object.entries(SERVED).map(([name, served]) => ({
      name,
      measure: () => measure(served, { clients, ms: options.ms }),
    }))
    const measured = await pairedRounds([...contenders, ...contenders.slice(0, 1).map(again)], {
      rounds: options.rounds,
      warmUps: 0,
      tell: (progress) => tell(`${clients} clients, ${progress}`),
    })
    const [floor] = measured
    rows.push(...measured.map((each) => ({ clients, contender: each.name, ...rowOf(each, floor) })))
  }
  return { tables: [{ ...TABLE, rows }] }
}

async function measure(served: Served, { clients, ms }: Load): Promise<Figures> {
  const server = startChild({ file: join(import.meta.dirname, 'server.ts'), args: [served] })
  pin(server.pid, 0)
  const { port } = await nextMessage<{ readonly port: number }>(server)
  let arrived: { sequence: number; at: number }[] = []
  const note = (sequence: number) => void arrived.push({ sequence, at: performance.timeOrigin + performance.now() })
  // What is compiled, and the young generation at its full size, belong to no client.
  for (const socket of await openSockets(port, Math.min(WARM_UP, clients), note)) socket.destroy()
  await sleep(500)
  const before = await ask<Memory>(server, 'memory')
  const sockets = await openSockets(port, clients, note)
  const after = await ask<Memory>(server, 'memory')
  await sleep(500)
  arrived = []
  server.send('measure')
  const from = performance.now()
  await sleep(ms)
  const seen = arrived
  const { cpuMs, madeAt } = await ask<{ cpuMs: number; madeAt: [number, number][] }>(server, 'report')
  const seconds = (performance.now() - from) / 1_000
  for (const socket of sockets) socket.destroy()
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
  const times = new Map(madeAt)
  const late = seen.map(({ sequence, at }) => at - (times.get(sequence) ?? Number.NaN))
  return {
    cpuPercent: cpuMs / 10 / seconds,
    p50Ms: quantile(late, 0.5),
    p99Ms: quantile(late, 0.99),
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
  await sleep(Math.min(2_000, 300 + count))
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

function rowOf(measured: Measured<Figures>, floor: Measured<Figures> | undefined): Row {
  const mid = (read: (figures: Figures) => number) => median(measured.slices.map(read))
  return {
    cpuPercent: mid(({ cpuPercent }) => cpuPercent),
    cpuTimes: timesOf(measured, floor, ({ cpuPercent }) => cpuPercent),
    p50Ms: mid(({ p50Ms }) => p50Ms),
    p99Ms: mid(({ p99Ms }) => p99Ms),
    p99Times: timesOf(measured, floor, ({ p99Ms }) => p99Ms),
    bytesPerClient: mid(({ bytesPerClient }) => bytesPerClient),
    memoryTimes: timesOf(measured, floor, ({ bytesPerClient }) => bytesPerClient),
    heapPerClient: mid(({ heapPerClient }) => heapPerClient),
    heapTimes: timesOf(measured, floor, ({ heapPerClient }) => heapPerClient),
    events: mid(({ events }) => events),
  }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'clients',
  title: 'Clients of the event stream',
  columns: [
    { key: 'clients', title: 'clients' },
    { key: 'contender', title: 'contender' },
    { key: 'cpuPercent', title: 'CPU', unit: '%' },
    { key: 'cpuTimes', title: 'x buffer', unit: 'x' },
    { key: 'p50Ms', title: 'p50', unit: 'ms' },
    { key: 'p99Ms', title: 'p99', unit: 'ms' },
    { key: 'p99Times', title: 'x buffer', unit: 'x' },
    { key: 'bytesPerClient', title: 'memory', unit: 'B/client' },
    { key: 'memoryTimes', title: 'x buffer', unit: 'x' },
    { key: 'heapPerClient', title: 'in use', unit: 'B/client' },
    { key: 'heapTimes', title: 'x buffer', unit: 'x' },
    { key: 'events', title: 'events', unit: '/s' },
  ],
}
