import type { Part } from '../metrics/scope.ts'
import type { ProviderCondition } from '../ports/providers.ts'
import { byNumber, byText, firstOf } from '../reading/first-of.ts'
import type { InstanceReading } from '../reading/instance-reading.ts'
import { JOB_CONDITIONS } from '../reading/job-conditions.ts'
import type { FeedReading, JobReading, ProviderReading } from '../reading/snapshot.ts'

// What a status names of what there may be thousands of. The rest is in pages: `/jobs`, `/freshness`, `/providers`.

/** The most jobs, and the most feeds, that a status names. */
export const MOST_IN_ATTENTION = 50
/** The most providers, and the most instances. */
const MOST_NAMED = 20
const MOST_SESSIONS = 10

/**
 * The jobs with a problem, worst first: the longest failing, then overdue, then without a worker, then running long, then
 * paused.
 */
export const jobsInAttention: Part<'job'> = ({ jobs }) =>
  firstOf(
    jobs.filter(({ conditions }) => conditions.length > 0),
    MOST_IN_ATTENTION,
    byBadness,
  )

function byBadness(a: JobReading, b: JobReading): number {
  return b.consecutiveFailures - a.consecutiveFailures || rankOf(a) - rankOf(b) || byText(a.name, b.name)
}

/** The place of its worst condition among all. */
function rankOf({ conditions }: JobReading): number {
  return JOB_CONDITIONS.findIndex((condition) => conditions.includes(condition))
}

/** The feeds that are stale, expired or unknown: those first whose update has been due longest. */
export const feedsInAttention: Part<'feed'> = ({ feeds }) =>
  feeds.items && firstOf(feeds.items.filter(isLate), MOST_IN_ATTENTION, byLateness)

const LATE: ReadonlySet<string> = new Set(['stale', 'expired', 'unknown'])

function isLate({ status }: FeedReading): boolean {
  return LATE.has(status)
}

/** What was due first goes first; feeds of which nothing is due go last. */
export function byLateness(a: FeedReading, b: FeedReading): number {
  return byNumber(a.expectedBy, b.expectedBy) || byText(a.provider, b.provider) || byText(a.feed, b.feed)
}

/** The disabled providers and those in an alarming condition first, then the others, each in the host's order. */
export const providersNamed: Part<'provider'> = ({ providers, providerConditions }) => {
  const rank = (provider: ProviderReading) => (needsAttention(provider, providerConditions) ? 0 : 1)
  return firstOf(providers, MOST_NAMED, (a, b) => rank(a) - rank(b))
}

function needsAttention({ enabled, conditions }: ProviderReading, declared: readonly ProviderCondition[]): boolean {
  return !enabled || declared.some(({ name, alarm }) => alarm !== undefined && conditions[name] === alarm.state)
}

/**
 * The known instances: the one that answers, then those that live by their start, then the silent ones by their heartbeat;
 * the latest first. Heartbeats of those that live come and go: their order would be news every few seconds.
 */
export const knownInstances: Part<'instance'> = ({ instances }) => firstOf(instances, MOST_NAMED, byLife)

function byLife(a: InstanceReading, b: InstanceReading): number {
  const rank = ({ isCurrent, isLive }: InstanceReading) => (isCurrent ? 0 : isLive ? 1 : 2)
  // Only the one that answers may have no start, and nothing stands beside it.
  const instant = ({ isLive, startedAt, heartbeatAt }: InstanceReading) => (isLive ? Number(startedAt) : heartbeatAt)
  return rank(a) - rank(b) || instant(b) - instant(a) || byText(a.id, b.id)
}

/** The sessions that are open longest. */
export const longestSessions: Part<'session'> = ({ sessions }) => sessions.held.slice(0, MOST_SESSIONS)
