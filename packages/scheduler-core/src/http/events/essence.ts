/** What identifies and dates a status, and what its host does: different in every snapshot. */
const OF_THE_SNAPSHOT = ['snapshot_id', 'as_of', 'snapshot_age_seconds', 'process', 'store', 'sessions'] as const

/**
 * Fields that change with time alone, wherever they are. A message for a job that is paused or that a worker lacks is left
 * again and again.
 */
const AGES: ReadonlySet<string> = new Set([
  'uptime_seconds',
  'active_seconds',
  'paused_seconds',
  'errored_seconds',
  'age_seconds',
  'overdue_seconds',
  'oldest_queued_seconds',
  'left_messages',
  'heartbeat_at',
])

/**
 * A status of version 2 as text, without what changes while nothing happens. Two with the same essence need no frame
 * between them. Pure.
 */
export function essenceOf(status: object): string {
  const left = new Set<string>(OF_THE_SNAPSHOT)
  const kept = Object.fromEntries(Object.entries(status).filter(([name]) => !left.has(name)))
  return JSON.stringify(kept, withoutAges)
}

/** A metric of the host's own is an object, so it stays, whatever its name is. */
function withoutAges(name: string, value: unknown): unknown {
  return AGES.has(name) && (typeof value !== 'object' || value === null) ? undefined : value
}
