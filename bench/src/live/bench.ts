import { defineBench } from '../bench.ts'

export const liveBench = defineBench({
  name: 'live',
  measures:
    'CPU, lateness and memory for each client of the event stream, beside one shared buffer that is written to all',
  minutes: 4,
  options: {
    clients: { is: 'numbers of clients', default: [1_000, 5_000], quick: [100, 400] },
    rounds: { is: 'rounds of each', default: 3, quick: 1 },
    ms: { is: 'milliseconds of events', default: 3_000, quick: 1_000 },
  },
  peers: ['express'],
  takesBeside: false,
  targets: [
    target('5,000 clients: CPU at most 1.1 of the buffer by `node:http`', 'cpuTimes', 1.1),
    target('5,000 clients: p99 at most 1.15 of it', 'p99Times', 1.15),
    target('5,000 clients: memory at most 1.1 of it', 'memoryTimes', 1.1),
  ],
  plots: [
    plot('live-cpu', 'CPU of a server that sends ten events a second', { column: 'cpuPercent', label: '% of a core' }),
    plot('live-memory', 'Memory of a client of the event stream', {
      column: 'bytesPerClient',
      label: 'bytes per client',
    }),
  ],
})

function target(says: string, column: string, atMost: number) {
  return { says, table: 'clients', rows: { contender: 'ours', clients: 5_000 }, column, bound: { atMost } } as const
}

function plot(name: string, title: string, y: { readonly column: string; readonly label: string }) {
  const x = { column: 'clients', label: 'clients', scale: 'linear' } as const
  return { name, title, table: 'clients', x, y: { ...y, scale: 'linear' as const }, series: 'contender' }
}
