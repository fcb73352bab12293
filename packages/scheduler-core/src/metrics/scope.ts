import type { SnapshotReading } from '../reading/snapshot.ts'
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

/** The scopes of all readings of one kind; `null` when they are unknown. */
export function scopesOf(of: Listed, scope: MetricScope): readonly NamedScope[] | null {
  const { jobs, providers, instances, sessions, feeds, custom } = scope.snapshot.snapshot
  const into = <L extends Listed>(subject: L, name: string, reading: MetricSubjects[L]): NamedScope => ({
    name,
    scope: narrow(scope, subject, reading),
  })
  switch (of) {
    case 'job':
      return jobs.map((job) => into('job', job.name, job))
    case 'provider':
      return providers.map((provider) => into('provider', provider.name, provider))
    case 'instance':
      return instances.map((instance) => into('instance', instance.id, instance))
    case 'session':
      return sessions.held.map((session) => into('session', session.unit, session))
    case 'feed':
      return feeds.items?.map((feed) => into('feed', feed.feed, feed)) ?? null
    case 'own':
      return Object.entries(custom).map(([id, reading]) => into('own', id, reading))
  }
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
