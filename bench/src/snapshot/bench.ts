import { defineBench } from '../bench.ts'

export const snapshotBench = defineBench({
  name: 'snapshot',
  measures:
    'cold snapshots of 10 jobs on PostgreSQL over few and many settled runs, with requests a second, and of 10,000 jobs in memory with their status',
  minutes: 5,
  options: {
    runs: { is: 'settled runs on PostgreSQL', default: [10_000, 1_000_000], quick: [1_000, 10_000] },
    jobs: { is: 'jobs in memory', default: [10, 1_000, 10_000], quick: [10, 10_000] },
    rounds: { is: 'rounds of each', default: 30, quick: 2 },
    ms: { is: 'milliseconds of requests in a round', default: 400, quick: 200 },
  },
  peers: ['typeorm', 'pg', 'express'],
  takesBeside: true,
  targets: [
    {
      says: 'a cold snapshot of 10 jobs on PostgreSQL: at most 3 ms',
      table: 'runs',
      rows: { contender: 'ours' },
      column: 'ms',
      bound: { atMost: 3 },
    },
    {
      says: 'a cold snapshot over the most runs: at most 1.2 times that over the fewest',
      table: 'runs',
      rows: { contender: 'ours' },
      column: 'timesFewest',
      bound: { atMost: 1.2 },
    },
    {
      says: 'status over the most runs: at least 0.9 of the requests a second over the fewest',
      table: 'runs',
      rows: { contender: 'ours' },
      column: 'rateTimesFewest',
      bound: { atLeast: 0.9 },
    },
    {
      says: 'a cold snapshot of 10,000 jobs in memory: at most 20 ms',
      table: 'jobs',
      rows: { contender: 'ours', jobs: 10_000 },
      column: 'ms',
      bound: { atMost: 20 },
    },
    {
      says: 'a cold snapshot of 10,000 jobs with its status of version 2: at most 20 ms',
      table: 'jobs',
      rows: { contender: 'ours', jobs: 10_000 },
      column: 'statusMs',
      bound: { atMost: 20 },
    },
    {
      says: 'a cold snapshot of 10,000 jobs with its status: no task over 10 ms',
      table: 'jobs',
      rows: { contender: 'ours', jobs: 10_000 },
      column: 'longestTurnMs',
      bound: { atMost: 10 },
    },
  ],
  plots: [
    {
      name: 'snapshot-runs',
      title: 'A cold snapshot of 10 jobs on PostgreSQL',
      table: 'runs',
      x: { column: 'runs', label: 'settled runs', scale: 'log' },
      y: { column: 'ms', label: 'ms', scale: 'linear' },
      series: 'contender',
    },
    {
      name: 'snapshot-jobs',
      title: 'A cold snapshot in memory',
      table: 'jobs',
      x: { column: 'jobs', label: 'jobs', scale: 'log' },
      y: { column: 'ms', label: 'ms', scale: 'log' },
      series: 'contender',
    },
  ],
})
