import type { AdminStatusV2, LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../strings/index.ts'
import type { StateName } from './icons.tsx'

const OF_RUN: Readonly<Record<LedgerEntryView['state'], StateName>> = {
  queued: 'waiting',
  running: 'running',
  succeeded: 'ok',
  failed: 'failed',
  timed_out: 'failed',
  orphaned: 'failed',
  interrupted: 'interrupted',
  cancelled: 'unknown',
  skipped: 'skipped',
  missed: 'late',
  suppressed: 'paused',
}

/** How a row of the ledger is shown: a run that waits is not at work. */
export function stateOfEntry(entry: LedgerEntryView): StateName {
  return isWaiting(entry) ? 'waiting' : OF_RUN[entry.state]
}

/** What a row of the ledger is, in a word or two. */
export function wordOfEntry(entry: LedgerEntryView): string {
  return isWaiting(entry) && entry.state !== 'queued' ? strings.kit.words.waiting : strings.kit.words[entry.state]
}

/** Whether a run is between two tries, between two owners, or in a queue. */
function isWaiting(entry: LedgerEntryView): boolean {
  return entry.kind === 'run' && entry.waiting_for !== null
}

/** How a state of the ledger is shown. */
export function stateOfRun(state: LedgerEntryView['state']): StateName {
  return OF_RUN[state]
}

type JobCondition = AdminStatusV2['attention']['items'][number]['conditions'][number]

/** How a job is shown: the worst of its conditions. */
export function stateOfJob(conditions: readonly (JobCondition | 'ok' | 'running' | 'queued' | 'retired')[]): StateName {
  if (conditions.includes('retired')) return 'unknown'
  if (conditions.includes('failing')) return 'failed'
  if (LATE.some((condition) => conditions.includes(condition))) return 'late'
  if (conditions.includes('paused')) return 'paused'
  if (conditions.includes('running')) return 'running'
  return conditions.includes('queued') ? 'waiting' : 'ok'
}

const LATE: readonly JobCondition[] = ['overdue', 'no_worker', 'running_long']

const OF_SCHEDULER: Readonly<Record<AdminStatusV2['scheduler']['state'], StateName>> = {
  running: 'ok',
  paused: 'paused',
  stopped: 'unknown',
  error: 'failed',
}

export function stateOfScheduler(state: AdminStatusV2['scheduler']['state']): StateName {
  return OF_SCHEDULER[state]
}

const OF_INSTANCE: Readonly<Record<AdminStatusV2['instances']['items'][number]['state'], StateName>> = {
  running: 'ok',
  paused: 'paused',
  draining: 'waiting',
  stopped: 'unknown',
  silent: 'failed',
}

export function stateOfInstance(state: AdminStatusV2['instances']['items'][number]['state']): StateName {
  return OF_INSTANCE[state]
}

const OF_HEALTH: Readonly<Record<AdminStatusV2['scheduler']['health']['status'], StateName>> = {
  pass: 'ok',
  warn: 'late',
  fail: 'failed',
}

export function stateOfHealth(health: AdminStatusV2['scheduler']['health']['status']): StateName {
  return OF_HEALTH[health]
}

/** What a feed is shown as. */
export type FeedState = 'ok' | 'late' | 'failed' | 'unknown' | 'paused'

const OF_FEED: Readonly<Record<string, FeedState>> = {
  fresh: 'ok',
  stale: 'late',
  expired: 'failed',
  unknown: 'unknown',
  closed: 'paused',
}

/** How a feed is shown, by its grade; a word that a host declares for itself is calm. */
export function stateOfFeed(status: string): FeedState {
  return OF_FEED[status] ?? 'paused'
}
