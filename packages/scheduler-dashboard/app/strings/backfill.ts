/** Running past due times. */
export const backfill = {
  title: (job: string) => `Backfill ${job}`,
  from: 'From',
  to: 'To, not included',
  preview: 'What it will run',
  reading: 'Reading what is missing',
  missing: 'Say from when to when.',
  order: 'The end must be after the start.',
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
  queued: (count: number) => (count === 1 ? '1 due time waits for its turn' : `${count} due times wait for their turn`),
  see: 'See its backfills',
}
