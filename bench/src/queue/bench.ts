import { defineBench } from '../bench.ts'

export const queueBench = defineBench({
  name: 'queue',
  measures:
    'runs that workers take off a queue, with the full ledger kept, beside pg-boss alone; their latency, redelivery, and the CPU of the scheduler',
  minutes: 8,
  options: {
    cases: {
      is: 'what is measured, each on a server of its own',
      default: ['throughput', 'latency', 'scheduler', 'redelivery'],
      quick: ['throughput', 'latency', 'scheduler', 'redelivery'],
    },
    sizes: { is: 'runs in a batch, and at a time in a worker', default: [250, 50], quick: [250] },
    workers: { is: 'worker processes', default: [1, 2, 4], quick: [1, 2] },
    runs: { is: 'runs that wait in the queue when the workers begin', default: 10_000, quick: 2_000 },
    rounds: { is: 'rounds of each', default: 5, quick: 1 },
    single: { is: 'runs one after the other, for their latency', default: 200, quick: 20 },
    ms: { is: 'milliseconds in which the CPU of the scheduler is measured', default: 20_000, quick: 4_000 },
    kills: { is: 'workers that are killed while they take a run over', default: 5, quick: 1 },
  },
  peers: ['typeorm', 'pg', 'pg-boss', 'bullmq'],
  takesBeside: false,
  targets: [
    {
      says: 'batch and concurrency of 250: at least 0.8 of pg-boss alone',
      table: 'throughput',
      rows: { contender: 'with the ledger', size: 250 },
      column: 'timesPgBoss',
      bound: { atLeast: 0.8 },
    },
    {
      says: 'batch and concurrency of 50: at least 0.6 of pg-boss alone',
      table: 'throughput',
      rows: { contender: 'with the ledger', size: 50 },
      column: 'timesPgBoss',
      bound: { atLeast: 0.6 },
    },
    {
      says: 'a run that is queued at idle begins after at most 1.5 times what pg-boss takes',
      table: 'latency',
      rows: { contender: 'with the ledger' },
      column: 'timesPgBoss',
      bound: { atMost: 1.5 },
    },
    {
      says: 'a scheduler that queues 1,000 runs a second takes under 2 % of a core',
      table: 'scheduler',
      rows: { contender: 'pg-boss' },
      column: 'cpuPercent',
      bound: { atMost: 2 },
    },
    {
      says: 'pg-boss: back within 8 s when a worker is killed before it took a run over',
      table: 'redelivery',
      rows: { contender: 'pg-boss' },
      column: 'worstMs',
      bound: { atMost: 8_000 },
    },
    {
      says: 'BullMQ: back within 4 s',
      table: 'redelivery',
      rows: { contender: 'BullMQ' },
      column: 'worstMs',
      bound: { atMost: 4_000 },
    },
  ],
  plots: [],
})
