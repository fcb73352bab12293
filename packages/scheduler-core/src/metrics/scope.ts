import type { SnapshotReading } from '../snapshot/snapshot.ts'
import type { Subject, Subjects } from './subjects.ts'

/** What metrics are evaluated in: the subjects that there are, each as it is read. */
export type Scope = { readonly [S in Subject]?: Subjects[S] } & { readonly snapshot: SnapshotReading }

/** A snapshot as a whole: all jobs and all providers together. */
export function scopeOf(reading: SnapshotReading): Scope {
  const { scheduler, totals, callTotals, providers, ...rest } = reading.snapshot
  return {
    snapshot: reading,
    scheduler,
    run: { ...scheduler, tallies: totals },
    call: { lastSuccessAt: latest(providers), tallies: callTotals },
    feeds: rest.feeds.counts,
    store: rest.store,
    sessions: rest.sessions,
    ...(rest.process && { process: rest.process }),
  }
}

/** The same scope with one job, provider, feed or instance in the place of all of them. */
export function narrow<S extends Subject>(scope: Scope, subject: S, reading: Subjects[S]): Scope {
  const all = ALSO[subject]
  return { ...scope, [subject]: reading, ...(all && { [all]: reading }) }
}

/** One job tells what runs tell, and one provider what calls tell. */
const ALSO: { readonly [S in Subject]?: Subject } = { job: 'run', provider: 'call' }

function latest(providers: readonly { readonly lastSuccessAt: number | null }[]): number | null {
  return providers.reduce<number | null>(
    (last, { lastSuccessAt: at }) => (at === null || (last !== null && last >= at) ? last : at),
    null,
  )
}
