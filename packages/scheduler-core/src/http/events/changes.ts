import type { ChangedFeed, Changes } from '../../contract/events.ts'
import type { LibraryAudience } from '../../reading/audience.ts'
import type { FeedReading, JobReading, SchedulerSnapshot } from '../../reading/snapshot.ts'

/** The most jobs or feeds that an event names. */
const MOST_NAMED = 50

/** The jobs or feeds, as the audience sees them, that differ between two snapshots in more than their age. Pure. */
export function changesBetween(
  audience: LibraryAudience,
  before: SchedulerSnapshot,
  after: SchedulerSnapshot,
): Changes {
  return audience === 'admin'
    ? { jobs: capped(changedJobs(before, after)) }
    : { feeds: capped(changedFeeds(before.feeds.items, after.feeds.items)) }
}

/** For a reader that does not have the frame before. */
export function anyChanges(audience: LibraryAudience): Changes {
  return audience === 'admin' ? { jobs: 'many' } : { feeds: 'many' }
}

export function isNothing(changes: Changes): boolean {
  return Object.values(changes).every((named) => named !== 'many' && named.length === 0)
}

function capped<T>(named: readonly T[] | 'many'): readonly T[] | 'many' {
  return named.length > MOST_NAMED ? 'many' : named
}

/**
 * A pause that has begun and ended between two frames leaves no difference, but a reader may have read the pause. So a single
 * command is told by the jobs that it changed, and several commands as `many`.
 */
function changedJobs(before: SchedulerSnapshot, after: SchedulerSnapshot): readonly string[] | 'many' {
  const changed = changedIn(before.jobs, after.jobs, { keyOf: ({ name }) => name, isSame: isSameJob })
  const commands = after.scheduler.controlVersion - before.scheduler.controlVersion
  const isToldByName = commands === 0 || (commands === 1 && changed.length > 0)
  return isToldByName ? changed.map(({ name }) => name) : 'many'
}

function changedFeeds(before: Feeds, after: Feeds): readonly ChangedFeed[] | 'many' {
  if (before === null || after === null) return before === after ? [] : 'many'
  const changed = changedIn(before, after, { keyOf: keyOfFeed, isSame: isSameFeed })
  return changed.map(({ provider, feed }) => ({ provider, feed }))
}

type Feeds = readonly FeedReading[] | null

function keyOfFeed({ provider, feed }: FeedReading): string {
  return `${provider}\n${feed}`
}

interface Comparison<T> {
  readonly keyOf: (item: T) => string
  readonly isSame: (a: T, b: T) => boolean
}

/** What is new, gone or different. Lists that stay in their order cost one look at each item. */
function changedIn<T>(before: readonly T[], after: readonly T[], { keyOf, isSame }: Comparison<T>): readonly T[] {
  const inOrder = before.length === after.length && after.every((item, at) => keyAt(before, at, keyOf) === keyOf(item))
  if (inOrder) return after.filter((item, at) => !isSame(item, before[at] ?? item))
  const known = new Map(before.map((item) => [keyOf(item), item]))
  const changed = after.filter((item) => {
    const old = known.get(keyOf(item))
    known.delete(keyOf(item))
    return old === undefined || !isSame(old, item)
  })
  return [...changed, ...known.values()]
}

function keyAt<T>(items: readonly T[], at: number, keyOf: (item: T) => string): string | null {
  const item = items[at]
  return item === undefined ? null : keyOf(item)
}

/**
 * The counts of the windows are left out: runs leave a window as time passes, and a run that enters one has changed the
 * last run of its job. Settings are compared by what they are.
 */
function isSameJob(a: JobReading, b: JobReading): boolean {
  return (
    a.running === b.running &&
    a.queued === b.queued &&
    a.oldestQueuedAt === b.oldestQueuedAt &&
    a.workers === b.workers &&
    a.lastRunAt === b.lastRunAt &&
    a.lastSuccessAt === b.lastSuccessAt &&
    a.lastFailureAt === b.lastFailureAt &&
    a.lastOutcome === b.lastOutcome &&
    a.lastErrorCode === b.lastErrorCode &&
    a.nextRunAt === b.nextRunAt &&
    a.consecutiveFailures === b.consecutiveFailures &&
    a.conditions.join() === b.conditions.join() &&
    a.policies === b.policies &&
    a.paused?.at === b.paused?.at &&
    a.paused?.until === b.paused?.until
  )
}

function isSameFeed(a: FeedReading, b: FeedReading): boolean {
  return (
    a.status === b.status &&
    a.reason === b.reason &&
    a.unansweredAsks === b.unansweredAsks &&
    a.eventAt === b.eventAt &&
    a.fetchedAt === b.fetchedAt &&
    a.changedAt === b.changedAt &&
    a.expectedBy === b.expectedBy &&
    a.attainmentPct === b.attainmentPct
  )
}
