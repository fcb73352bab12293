import type { RenewedLease, RenewInput } from '../ports/store.ts'
import { type Library, runningRow } from './library.ts'
import { replacing } from './replacing.ts'

export function renew(library: Library, { scheduler, leases, leaseUntil }: RenewInput): readonly RenewedLease[] {
  const book = library.book(scheduler)
  return leases.map(({ runId, fence, attempt }) => {
    const row = runningRow(book, runId)
    if (row?.entry.fence !== fence) return { runId, kept: false, cancelRequested: false }
    library.timeline.apply(replacing(row, { ...row.entry, leaseUntil, attempt }))
    return { runId, kept: true, cancelRequested: row.entry.cancelRequested }
  })
}
