/** Running past due times. */
export const backfill = {
  title: (job: string) => `Backfill ${job}`,
  from: 'From',
  to: 'To, not included',
  preview: 'What it will run',
  reading: 'Reading what is missing',
  missing: 'Say from when to when.',
  order: 'The end must be after the start.',
  future: 'The end is still to come. Choose one that has passed.',
  count: (count: string) =>
    count === '1' ? '1 due time runs, one after the other.' : `${count} due times run, one after the other.`,
  nothing: 'Nothing in this range is left to run.',
  first: 'Among them',
  more: (count: string) => `and ${count} more`,
  confirm: (count: string) => (count === '1' ? 'Run 1 due time' : `Run ${count} due times`),
  confirmNone: 'Run due times',
  leftOut: 'Left out',
  reasons: {
    succeeded: (count: string) => `${count} succeeded`,
    running: (count: string) => `${count} running`,
    backfilled: (count: string) => `${count} backfilled already`,
    excluded: (count: string) => `${count} excluded by a calendar`,
    undecided: (count: string) => `${count} still up to the schedule`,
  },
  done: 'All of them have run',
  left: (count: number) => (count === 1 ? '1 due time is left' : `${count} due times are left`),
  see: 'See its backfills',
  queue: {
    title: 'Backfill',
    next: 'Due times that wait',
    waiting: (count: number) =>
      count === 1 ? '1 due time waits for its turn' : `${count} due times wait for their turn`,
    running: (count: string) => `${count} running`,
    done: (count: string) => `${count} done`,
    passedOver: (count: string) => `${count} needed no run`,
    where: 'This is the queue of the process that answers.',
    cancel: 'Cancel the backfill',
    lastRuns: 'Nothing waits any more: only a run can be cancelled',
    cancelTitle: (job: string) => `Cancel the backfill of ${job}`,
    confirm: 'Cancel the backfill',
    effect: (count: number) =>
      count === 1
        ? '1 due time is not run. A run that is going goes on.'
        : `${count} due times are not run. A run that is going goes on.`,
    dropped: (count: number) => (count === 1 ? '1 due time was dropped' : `${count} due times were dropped`),
  },
}
