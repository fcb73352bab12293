import type { EpochMs } from '@pm/scheduler-core'
import type { JobChange, Store } from '@pm/scheduler-core/store'

/**
 * The same store, and what a scheduler recorded against the contract of `record`: due times that are not after the cursor
 * that it read under the lock, or that the cursor is not moved to. A store would refuse the first, and would take the
 * second again after they have settled.
 */
export function checkingCursors<S extends object>(inner: Store<S>) {
  const violations: string[] = []
  const cursors = new WeakMap<S, Map<string, EpochMs>>()

  function check({ job, cursor, unrun, claims }: JobChange, before: EpochMs | undefined): void {
    // Not read in this unit: a story recorded it itself.
    if (before === undefined) return
    const own = claims.filter(({ trigger }) => trigger === 'schedule').map(({ scheduledFor }) => scheduledFor ?? 0)
    const spans = [...own.map((due) => [due, due] as const), ...unrun.map((each) => [each.scheduledFor, each.through])]
    for (const [first = 0, last = 0] of spans) {
      if (first > before && last <= (cursor ?? before)) continue
      violations.push(`${job}: ${first} to ${last}, recorded with the cursor ${before} moved to ${cursor}`)
    }
  }

  const store: Store<S> = {
    ...inner,
    async lockJobs(session, input) {
      const locked = await inner.lockJobs(session, input)
      const known = cursors.get(session) ?? new Map<string, EpochMs>()
      for (const { job, cursor } of locked.jobs) known.set(job, cursor)
      cursors.set(session, known)
      return locked
    },
    record(session, input) {
      for (const change of input.changes) {
        const known = cursors.get(session)
        check(change, known?.get(change.job))
        if (change.isReturn && change.cursor !== null) known?.set(change.job, change.cursor)
      }
      return inner.record(session, input)
    },
  }
  return { store, violations }
}
