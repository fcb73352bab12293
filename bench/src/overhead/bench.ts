import { defineBench } from '../bench.ts'

export const overheadBench = defineBench({
  name: 'overhead',
  measures:
    'CPU and bytes for each run of a handler that does nothing: the executor alone, and the whole path in memory',
  minutes: 2,
  options: {
    runs: { is: 'runs of each in a round', default: 100_000, quick: 10_000 },
    rounds: { is: 'rounds of each', default: 5, quick: 1 },
  },
  peers: [],
  takesBeside: true,
  targets: [
    {
      says: 'executor: at most 500 ns over awaiting the handler',
      table: 'runs',
      rows: { path: 'executor alone' },
      column: 'overNs',
      bound: { atMost: 500 },
    },
    {
      says: 'the whole path: at most 5 us a run',
      table: 'runs',
      rows: { path: 'whole path, ours' },
      column: 'ns',
      bound: { atMost: 5_000 },
    },
  ],
  plots: [],
})
