import { defineBench } from '../bench.ts'

export const importBench = defineBench({
  name: 'import',
  measures:
    'the time to import core, over its own dependencies zod and croner, beside importing what users would pick instead',
  minutes: 1.5,
  options: { rounds: { is: 'processes of each', default: 25, quick: 3 } },
  peers: ['croner', 'zod', 'node-cron', 'node-schedule', 'toad-scheduler', 'pg-boss', 'graphile-worker', 'typeorm'],
  takesBeside: true,
  targets: [
    {
      says: 'core over zod and croner: at most 10 ms',
      table: 'import',
      rows: { contender: 'ours' },
      column: 'overMs',
      bound: { atMost: 10 },
    },
  ],
  plots: [],
})
