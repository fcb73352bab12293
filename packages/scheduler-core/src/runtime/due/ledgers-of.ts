import { byJob } from '../../plan/by-job.ts'
import type { JobLedger } from '../../ports/locked-jobs.ts'
import type { JobSlot } from './job-slots.ts'

/** What the store holds of due jobs, in the order of the jobs; `undefined` of one that it does not know or cannot read. */
export type Ledgers = readonly (JobLedger | undefined)[]

/** A store mostly answers in the order in which it was asked: then no index of the names is made. */
export function ledgersOf(due: readonly JobSlot[], found: readonly JobLedger[]): Ledgers {
  if (due.length === found.length && due.every(({ job }, place) => found[place]?.job === job.name)) return found
  const ledgers = byJob(found)
  return due.map(({ job }) => ledgers.get(job.name))
}
