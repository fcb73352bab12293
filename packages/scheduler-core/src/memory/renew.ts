import type { Renewal, RenewInput } from '../ports/store.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { isRunning } from './ledger.ts'
import type { Library } from './library.ts'

export function renew(library: Library, { scheduler, leases, leaseUntil }: RenewInput): Renewal {
  const { ledger } = library.book(scheduler)
  const renewed = leases.map(({ runId, fence, attempt, progress }) => {
    const row = ledger.find(runId)
    if (!isRunning(row) || row.entry.fence !== fence) return { runId, kept: false, cancelRequested: false }
    library.timeline.apply(new ReplaceRun(row, { ...row.entry, leaseUntil, attempt, progress }))
    return { runId, kept: true, cancelRequested: row.entry.cancelRequested }
  })
  return { leases: renewed, storeTime: null }
}
