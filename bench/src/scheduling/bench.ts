import { defineBench, type Target } from '../bench.ts'

const OURS = ['ours, every', 'ours, cron']

export const schedulingBench = defineBench({
  name: 'scheduling',
  measures: 'memory per idle job, and lateness, missed, early and double runs and CPU of one-second jobs in process',
  minutes: 8,
  options: {
    jobs: { is: 'numbers of jobs', default: [1_000, 10_000, 100_000], quick: [100, 1_000] },
    contenders: {
      is: 'who is measured beside ours and the bare heap',
      default: ['toad-scheduler', 'croner', 'node-cron', 'node-schedule'],
      quick: ['toad-scheduler'],
    },
    rounds: { is: 'how often each is measured', default: 1, quick: 1 },
    seconds: { is: 'seconds that are measured', default: 8, quick: 1 },
    'warm-up': { is: 'seconds before them', default: 3, quick: 1 },
    'limit-seconds': { is: 'seconds after which a process is ended and "did not finish"', default: 60, quick: 20 },
    'heap-mb': { is: 'megabytes of heap that each process may use', default: 10_000, quick: 4_000 },
  },
  peers: ['toad-scheduler', 'croner', 'node-cron', 'node-schedule'],
  takesBeside: true,
  targets: [
    ...['missed', 'early', 'double'].map((column) =>
      ours(`100,000 jobs: 0 ${column}`, { jobs: 100_000, column, atMost: 0 }),
    ),
    ours('100,000 jobs: at most 5 us of CPU a run', { jobs: 100_000, column: 'cpuUsPerRun', atMost: 5 }),
    ours('100,000 jobs: p99 at most twice the heap', { jobs: 100_000, column: 'p99TimesHeap', atMost: 2 }),
    ours('10,000 jobs: p99 at most twice the heap', { jobs: 10_000, column: 'p99TimesHeap', atMost: 2 }),
    ours('10,000 jobs: CPU at most 6 times the heap', { jobs: 10_000, column: 'cpuTimesHeap', atMost: 6 }),
    ours('100,000 jobs: at most 600 B a job', { jobs: 100_000, column: 'bytesPerJob', atMost: 600 }),
  ],
  plots: [
    plot('scheduling-cpu', 'CPU of one-second jobs', { column: 'cpuUsPerRun', label: 'us of CPU per run' }),
    plot('scheduling-lateness', 'Lateness of one-second jobs, 99 of 100', { column: 'p99Ms', label: 'ms late by p99' }),
    plot('scheduling-memory', 'Memory of a job that waits', { column: 'bytesPerJob', label: 'bytes per job' }),
  ],
})

function ours(says: string, bar: { readonly jobs: number; readonly column: string; readonly atMost: number }): Target {
  const { jobs, column, atMost } = bar
  return { says, table: 'jobs', rows: { jobs, contender: OURS }, column, bound: { atMost } }
}

function plot(name: string, title: string, y: { readonly column: string; readonly label: string }) {
  const x = { column: 'jobs', label: 'jobs', scale: 'log' } as const
  return { name, title, table: 'jobs', x, y: { ...y, scale: 'log' as const }, series: 'contender' }
}
