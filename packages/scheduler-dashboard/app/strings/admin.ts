/** The page of operations. */
export const admin = {
  title: 'Operations',
  verdict: {
    healthy: (name: string) => `${name} runs, and every job is well.`,
    failing: (count: number) => (count === 1 ? '1 job is failing' : `${count} jobs are failing`),
    overdue: (count: number) => (count === 1 ? '1 job is overdue' : `${count} jobs are overdue`),
    runningLong: (count: number) => (count === 1 ? '1 job runs long' : `${count} jobs run long`),
    paused: (count: number) => (count === 1 ? '1 job is paused' : `${count} jobs are paused`),
    schedulerIs: (name: string, state: string) => `${name} is ${state}`,
  },
}
