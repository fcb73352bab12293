import { defineBench } from '../bench.ts'

export const memoryBench = defineBench({
  name: 'memory',
  measures:
    'what the memory backend holds beyond the entries that it keeps, after a simulated week that ends with 200,000 runs a minute',
  minutes: 3,
  options: {
    jobs: { is: 'jobs, each once a minute of the whole time', default: 200, quick: 100 },
    minutes: { is: 'simulated minutes in all', default: 10_080, quick: 600 },
    'runs-a-minute': { is: 'runs in each minute of the busy time', default: 200_000, quick: 20_000 },
    'busy-minutes': { is: 'simulated minutes of the busy time, the last ones', default: 15, quick: 2 },
  },
  peers: [],
  takesBeside: true,
  targets: [
    {
      says: 'at most 64 MB beyond the kept entries',
      table: 'memory',
      rows: { contender: 'ours' },
      column: 'heapMb',
      bound: { atMost: 64 },
    },
  ],
  plots: [
    {
      name: 'memory',
      title: 'Memory of the memory backend, kept entries aside',
      table: 'memory',
      x: { column: 'runs', label: 'settled runs', scale: 'linear' },
      y: { column: 'heapMb', label: 'MB', scale: 'linear' },
      series: 'contender',
    },
  ],
})
