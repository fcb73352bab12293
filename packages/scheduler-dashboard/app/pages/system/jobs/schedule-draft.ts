import type { JobConfigBody, ScheduleView } from '@pm/scheduler-core/contract/v2'

import type { Zone } from '../../../format/instants.ts'
import { instantsAt, wallTimeAt } from '../../../format/zoned.ts'
import { readLength, writeLength } from './lengths.ts'

/** A schedule as it is typed. */
export interface ScheduleDraft {
  readonly kind: ScheduleView['kind']
  readonly period: string
  readonly pattern: string
  /** What the pattern is written for. */
  readonly dialect: Dialect
  readonly timezone: string
  /** A wall time in the viewer's zone. */
  readonly at: string
}

/** `scheduler` is the dialect of the scheduler itself. */
export const DIALECTS = ['scheduler', 'quartz', 'eventbridge'] as const
export type Dialect = (typeof DIALECTS)[number]

type ScheduleBody = NonNullable<JobConfigBody['schedule']>

export function toDraft(schedule: ScheduleView, zone: Zone): ScheduleDraft {
  const nothing = { period: '', pattern: '', dialect: 'scheduler', timezone: 'UTC', at: '' } as const
  const { kind } = schedule
  if (kind === 'every') return { ...nothing, kind, period: writeLength(schedule.period_ms) }
  if (kind === 'cron') return { ...nothing, kind, pattern: schedule.pattern, timezone: schedule.timezone }
  if (kind === 'on-demand') return { ...nothing, kind }
  return { ...nothing, kind, at: wallTimeAt(Date.parse(schedule.at), zone) }
}

/** The schedule for the API; `null` while it is not complete. */
export function toScheduleBody(draft: ScheduleDraft, zone: Zone): ScheduleBody | null {
  const { kind, period, at } = draft
  if (kind === 'on-demand') return { kind }
  if (kind === 'every') {
    const ms = readLength(period)
    return ms === null ? null : { kind, period_ms: ms }
  }
  if (kind === 'cron') {
    const { dialect } = draft
    const [pattern, timezone] = [draft.pattern.trim(), draft.timezone.trim()]
    return pattern === '' ? null : { kind, pattern, timezone, ...(dialect !== 'scheduler' && { dialect }) }
  }
  const [atMs] = instantsAt(at, zone)
  return atMs === undefined ? null : { kind, at: new Date(atMs).toISOString() }
}

/** The query of a preview by this schedule. */
export function toPreviewQuery(
  body: ScheduleBody,
  n: number,
): Readonly<Record<string, string | number>> & { n: number } {
  if (body.kind === 'every') return { n, every_ms: body.period_ms }
  if (body.kind === 'once') return { n, at: body.at }
  // A single time that is over foresees as much as no schedule does. The API takes none before 2001.
  if (body.kind === 'on-demand') return { n, at: '2001-01-01T00:00:00.000Z' }
  const { pattern, timezone, dialect } = body
  return { n, cron: pattern, ...(timezone && { timezone }), ...(dialect && { dialect }) }
}

/** Whether a job has the schedule that was set, which the server may write in another way than it was typed. */
export function isScheduled(schedule: ScheduleView, set: ScheduleView | undefined): boolean {
  return set === undefined || JSON.stringify(schedule) === JSON.stringify(set)
}
