import type { SchedulerSnapshot, SnapshotReading } from '../reading/snapshot.ts'
import type { Listed, MetricSubject, MetricSubjects } from './subjects.ts'

/** The subjects in which metrics are evaluated, each with its reading. */
export type MetricScope = Partial<MetricSubjects> & Pick<MetricSubjects, 'snapshot' | 'run' | 'call'>

/** The scope of a whole snapshot: all jobs and all providers. A fresh snapshot has the age 0, even from the cache. */
export function metricScopeOf({ snapshot, stale, ageMs }: SnapshotReading): MetricScope {
  const reading = { snapshot, stale, ageMs: stale ? ageMs : 0 }
  const { scheduler, totals, callTotals, providers, ...rest } = reading.snapshot
  return {
    snapshot: reading,
    scheduler,
    run: { ...scheduler, tallies: totals },
    call: { lastSuccessAt: latest(providers), tallies: callTotals },
    feeds: rest.feeds.counts,
    counts: rest.counts,
    store: rest.store,
    sessions: rest.sessions,
    ...(rest.process && { process: rest.process }),
  }
}

/** The scope of one job, provider, feed or instance. */
export interface NamedScope {
  readonly name: string
  readonly scope: MetricScope
}

/** Which of many are looked at, in their order; `null` when they are unknown. Pure. */
export type Part<L extends Listed> = (snapshot: SchedulerSnapshot) => readonly MetricSubjects[L][] | null

/** Parts of several kinds. Of a kind without one, all are looked at. */
export type Parts = { readonly [L in Listed]?: Part<L> }

/** The scopes of all readings of one kind, or of a part of them; `null` when they are unknown. */
export function scopesOf<L extends Listed>(
  of: L,
  scope: MetricScope,
  part: Part<L> = ALL[of],
): readonly NamedScope[] | null {
  const nameOf: (reading: MetricSubjects[L]) => string = NAME[of]
  const readings = part(scope.snapshot.snapshot)
  return readings?.map((reading) => ({ name: nameOf(reading), scope: narrow(scope, of, reading) })) ?? null
}

const ALL: { readonly [L in Listed]: Part<L> } = {
  job: ({ jobs }) => jobs,
  provider: ({ providers }) => providers,
  instance: ({ instances }) => instances,
  session: ({ sessions }) => sessions.held,
  feed: ({ feeds }) => feeds.items,
  own: ({ custom }) => Object.values(custom),
}

const NAME: { readonly [L in Listed]: (reading: MetricSubjects[L]) => string } = {
  job: ({ name }) => name,
  provider: ({ name }) => name,
  instance: ({ id }) => id,
  session: ({ unit }) => unit,
  feed: ({ feed }) => feed,
  own: ({ definition }) => definition.id,
}

/** The same scope, narrowed to one job, provider, feed or instance. */
export function narrow<S extends MetricSubject>(
  scope: MetricScope,
  subject: S,
  reading: MetricSubjects[S],
): MetricScope {
  const all = ALSO[subject]
  return { ...scope, [subject]: reading, ...(all && { [all]: reading }) }
}

/** A job also has the reading of runs, and a provider that of calls. */
const ALSO: { readonly [S in MetricSubject]?: MetricSubject } = { job: 'run', provider: 'call' }

function latest(providers: readonly { readonly lastSuccessAt: number | null }[]): number | null {
  return providers.reduce<number | null>(
    (last, { lastSuccessAt: at }) => (at === null || (last !== null && last >= at) ? last : at),
    null,
  )
}
