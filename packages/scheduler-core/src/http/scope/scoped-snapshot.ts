import { fingerprintOf } from '../../ids.ts'
import { withQueueReasonsOf } from '../../reading/queue-reasons.ts'
import type { JobReading, SchedulerReading, SchedulerSnapshot, SessionsReading } from '../../reading/snapshot.ts'
import { deepFreeze } from '../../snapshot/deep-freeze.ts'
import { readCounts } from '../../snapshot/read-counts.ts'
import { sumFuture, sumPast, sumRunTallies } from '../../snapshot/sum-jobs.ts'
import type { JobScope } from '../guard/job-scope.ts'

/** How many scopes of one snapshot are kept. Any more are made for each request. */
const MOST_KEPT = 200

/**
 * Makes the function that answers a snapshot as it is for those who are told of some jobs only: lists, counts and sums
 * are of these jobs. The providers, the feeds, the processes and the host's own metrics belong to no job, and stay; how
 * many runs and messages a process has had is unknown: they are counted over all jobs.
 * Readers with the same jobs share one.
 */
export function createScopedSnapshots(): (snapshot: SchedulerSnapshot, scope: JobScope) => SchedulerSnapshot {
  const made = new WeakMap<SchedulerSnapshot, Map<string, SchedulerSnapshot>>()
  return (snapshot, scope) => {
    const jobs = snapshot.jobs.filter(({ name }) => scope.has(name))
    const retired = snapshot.retired.filter(({ name }) => scope.has(name))
    const key = fingerprintOf([jobs, retired].map((some) => some.map(({ name }) => name)))
    const kept = made.get(snapshot) ?? new Map<string, SchedulerSnapshot>()
    made.set(snapshot, kept)
    const scoped = kept.get(key) ?? deepFreeze(within(snapshot, { jobs, retired, key }))
    if (kept.size < MOST_KEPT) kept.set(key, scoped)
    return scoped
  }
}

interface Shown {
  readonly jobs: readonly JobReading[]
  readonly retired: readonly JobReading[]
  readonly key: string
}

/** Only the names that the key is made of decide what is left: scopes that share a key share a snapshot. */
function within(snapshot: SchedulerSnapshot, { jobs, retired, key }: Shown): SchedulerSnapshot {
  const all = [...jobs, ...retired]
  const names = new Set(all.map(({ name }) => name))
  // The store counts the runs and the messages of an instance over all jobs together.
  const instances = snapshot.instances.map((instance) => ({ ...instance, ...UNKNOWN }))
  return {
    ...snapshot,
    id: idWithin(snapshot.id, key),
    scheduler: schedulerWithin(snapshot, { jobs, all, names }),
    jobs,
    retired,
    totals: sumRunTallies(all.map(({ tallies }) => tallies)),
    counts: readCounts({ ...snapshot, jobs, retired, instances }),
    instances,
    sessions: sessionsWithin(snapshot.sessions, names),
  }
}

const UNKNOWN = { running: null, droppedMessages: null, leftMessages: null } as const

/** Of another epoch: the same snapshot has other bodies for other readers, and so other tags and event ids. */
function idWithin(id: string, key: string): string {
  const [epoch = '', sequence = ''] = id.split('-')
  return `${fingerprintOf([epoch, key]).replaceAll('-', '').slice(0, 16)}-${sequence}`
}

interface Summed extends Pick<Shown, 'jobs'> {
  readonly all: readonly JobReading[]
  readonly names: ReadonlySet<string>
}

function schedulerWithin({ scheduler, asOf }: SchedulerSnapshot, { jobs, all, names }: Summed): SchedulerReading {
  const abandoned = scheduler.abandoned.filter(({ job }) => names.has(job))
  return {
    ...scheduler,
    ...sumPast(all, asOf),
    ...sumFuture(jobs, scheduler.state),
    reasons: withQueueReasonsOf(scheduler.reasons, all),
    abandoned,
    abandonedHandlers: abandoned.length,
  }
}

/** A handler may call its unit of work as it likes, also after its job. */
function sessionsWithin(sessions: SessionsReading, names: ReadonlySet<string>): SessionsReading {
  return { ...sessions, held: sessions.held.filter(({ job }) => job === null || names.has(job)) }
}
