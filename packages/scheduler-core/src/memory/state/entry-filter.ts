import type { LedgerQuery } from '../../ports/pages.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'

/** Which entries to find (default: all). */
export type EntryFilter = Pick<LedgerQuery, 'job' | 'jobs' | 'states' | 'triggers' | 'instance'>

export function isNamed(entry: LedgerEntry, { job, jobs, states, triggers, instance }: EntryFilter): boolean {
  if (job !== undefined && entry.job !== job) return false
  if (jobs !== undefined && !jobs.includes(entry.job)) return false
  if (states !== undefined && !states.includes(entry.state)) return false
  if (triggers === undefined && instance === undefined) return true
  if (entry.kind !== 'run') return false
  return (triggers?.includes(entry.trigger) ?? true) && (instance === undefined || entry.owner === instance)
}
