import type { Schedule } from '../schedule/schedule.ts'
import { isFixedZone } from '../schedule/zone.ts'

/**
 * The jobs of which another instance knows the local times better, since it has newer time zone data and the job too. This
 * instance leaves their due times to it, as it leaves jobs that it does not have.
 */
export interface OutdatedJobs {
  /** Grows with every change. */
  readonly revision: number
  /** Whether the due times of the job are left to others. */
  has(job: { readonly name: string; readonly schedule: Schedule }): boolean
  /** Takes over the names of the jobs that instances with newer data have. */
  adopt(names: readonly string[]): void
}

export function createOutdatedJobs(): OutdatedJobs {
  let known: ReadonlySet<string> = new Set()
  let revision = 0
  return {
    get revision() {
      return revision
    },
    has: ({ name, schedule }) => schedule.kind === 'cron' && known.has(name) && !isFixedZone(schedule.timezone),
    adopt(names) {
      if (names.length === known.size && names.every((name) => known.has(name))) return
      known = new Set(names)
      revision++
    },
  }
}
