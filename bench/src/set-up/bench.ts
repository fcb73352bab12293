import { defineBench } from '../bench.ts'

export const setUpBench = defineBench({
  name: 'set-up',
  measures: 'CPU to define jobs and make a scheduler of them, for each job, beside the set-up of other schedulers',
  minutes: 2,
  options: {
    jobs: { is: 'numbers of jobs', default: [10_000, 100_000], quick: [1_000, 10_000] },
    rounds: { is: 'processes of each', default: 3, quick: 1 },
  },
  peers: ['croner', 'node-cron', 'node-schedule', 'toad-scheduler'],
  takesBeside: true,
  targets: [
    {
      says: 'set-up until the scheduler is open: at most 10 us a job',
      table: 'set-up',
      rows: { contender: ['ours, every', 'ours, cron'] },
      column: 'openedUs',
      bound: { atMost: 10 },
    },
  ],
  plots: [
    {
      name: 'set-up',
      title: 'CPU to set up one job',
      table: 'set-up',
      x: { column: 'jobs', label: 'jobs', scale: 'log' },
      y: { column: 'usPerJob', label: 'us per job', scale: 'log' },
      series: 'contender',
    },
  ],
})
