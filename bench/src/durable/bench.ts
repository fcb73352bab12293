import { defineBench } from '../bench.ts'

export const durableBench = defineBench({
  name: 'durable',
  measures:
    'runs a second of the ledger on PostgreSQL, with CPU of Node and of PostgreSQL, beside a bare table and two queues',
  minutes: 6,
  options: {
    cases: {
      is: 'what is measured, each on a server of its own',
      default: ['floor', 'peers', 'end-to-end', 'instances', 'purge'],
      quick: ['floor', 'peers', 'end-to-end', 'instances'],
    },
    sizes: { is: 'runs in a batch, of the floor', default: [500, 50, 1], quick: [500] },
    jobs: { is: 'jobs that are due every 100 ms, end to end', default: [500, 1_000], quick: [200] },
    instances: { is: 'processes at a time', default: [1, 2, 4], quick: [1, 2] },
    'old-runs': { is: 'runs of a day that is deleted', default: 300_000, quick: 10_000 },
    rounds: { is: 'rounds of each', default: 5, quick: 1 },
    ms: { is: 'milliseconds of work in a round', default: 1_500, quick: 400 },
  },
  peers: ['typeorm', 'pg', 'pg-boss', 'graphile-worker'],
  takesBeside: true,
  targets: [
    floor('batches of 500: at least 0.50 of the bare floor', 'floor of 500', 0.5),
    floor('batches of 50: at least 0.35', 'floor of 50', 0.35),
    floor('one by one: at least 0.50', 'floor of 1', 0.5),
    {
      says: 'at least 1.8 times pg-boss at its best',
      table: 'peers',
      rows: { contender: 'ours' },
      column: 'timesPgBoss',
      bound: { atLeast: 1.8 },
    },
    {
      says: 'end to end, 1,000 jobs every 100 ms: at least 0.25 of the bare floor',
      table: 'end-to-end',
      rows: { contender: 'ours', jobs: 1_000 },
      column: 'timesFloor',
      bound: { atLeast: 0.25 },
    },
    ...['claimTimesIdle', 'statusTimesIdle'].map((column) => ({
      says: `a day is dropped: p99 of ${column.startsWith('claim') ? 'claims' : 'status reads'} at most 1.2 times idle`,
      table: 'purge',
      rows: { phase: 'a day is dropped' },
      column,
      bound: { atMost: 1.2 },
    })),
  ],
  plots: [
    {
      name: 'instances',
      title: 'Instances that work on one PostgreSQL',
      table: 'instances',
      x: { column: 'instances', label: 'instances', scale: 'linear' },
      y: { column: 'perSecond', label: 'runs a second', scale: 'linear' },
      series: 'way',
    },
  ],
})

function floor(says: string, table: string, atLeast: number) {
  return { says, table, rows: { contender: 'ours' }, column: 'timesFloor', bound: { atLeast } } as const
}
