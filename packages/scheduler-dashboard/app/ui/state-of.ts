import type { AdminStatusV2, LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import type { StateName } from './icons.tsx'

const OF_RUN: Readonly<Record<LedgerEntryView['state'], StateName>> = {
  running: 'running',
  succeeded: 'ok',
  failed: 'failed',
  timed_out: 'failed',
  orphaned: 'failed',
  cancelled: 'unknown',
  skipped: 'skipped',
  missed: 'late',
  suppressed: 'paused',
}

/** How a row of the ledger is shown. */
export function stateOfRun(state: LedgerEntryView['state']): StateName {
  return OF_RUN[state]
}

type JobCondition = AdminStatusV2['attention']['items'][number]['conditions'][number]

/** How a job is shown: the worst of its conditions. */
export function stateOfJob(conditions: readonly (JobCondition | 'ok' | 'running')[]): StateName {
  if (conditions.includes('failing')) return 'failed'
  if (conditions.includes('overdue') || conditions.includes('running_long')) return 'late'
  if (conditions.includes('paused')) return 'paused'
  return conditions.includes('running') ? 'running' : 'ok'
}

const OF_SCHEDULER: Readonly<Record<AdminStatusV2['scheduler']['state'], StateName>> = {
  running: 'ok',
  paused: 'paused',
  stopped: 'unknown',
  error: 'failed',
}

export function stateOfScheduler(state: AdminStatusV2['scheduler']['state']): StateName {
  return OF_SCHEDULER[state]
}

const OF_HEALTH: Readonly<Record<AdminStatusV2['scheduler']['health']['status'], StateName>> = {
  pass: 'ok',
  warn: 'late',
  fail: 'failed',
}

export function stateOfHealth(health: AdminStatusV2['scheduler']['health']['status']): StateName {
  return OF_HEALTH[health]
}

const OF_FEED: Readonly<Record<string, StateName>> = {
  fresh: 'ok',
  stale: 'late',
  expired: 'failed',
  unknown: 'unknown',
  closed: 'paused',
}

/** How a feed is shown, by its grade; a word that a host declares for itself is calm. */
export function stateOfFeed(status: string): StateName {
  return OF_FEED[status] ?? 'paused'
}
