import type { JobConfigBody, ScheduleView } from '@pm/scheduler-core/contract/v2'

import type { Zone } from '../../../format/instants.ts'
import { instantsAt, wallTimeAt } from '../../../format/zoned.ts'
import { readLength, writeLength } from './lengths.ts'

/** A schedule as it is typed. */
export interface ScheduleDraft {
  readonly kind: ScheduleView['kind']
  readonly period: string
  readonly pattern: string
  readonly timezone: string
  /** A wall time in the viewer's zone. */
  readonly at: string
}

type ScheduleBody = NonNullable<JobConfigBody['schedule']>

export function toDraft(schedule: ScheduleView, zone: Zone): ScheduleDraft {
  const nothing = { period: '', pattern: '', timezone: 'UTC', at: '' }
  const { kind } = schedule
  if (kind === 'every') return { ...nothing, kind, period: writeLength(schedule.period_ms) }
  if (kind === 'cron') return { ...nothing, kind, pattern: schedule.pattern, timezone: schedule.timezone }
  return { ...nothing, kind, at: wallTimeAt(Date.parse(schedule.at), zone) }
}

/** The schedule for the API; `null` while it is not complete. */
export function toScheduleBody(draft: ScheduleDraft, zone: Zone): ScheduleBody | null {
  const { kind, period, pattern, timezone, at } = draft
  if (kind === 'every') {
    const ms = readLength(period)
    return ms === null ? null : { kind, period_ms: ms }
  }
  if (kind === 'cron')
    return pattern.trim() === '' ? null : { kind, pattern: pattern.trim(), timezone: timezone.trim() }
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
  return { n, cron: body.pattern, ...(body.timezone && { timezone: body.timezone }) }
}

/** Whether a job has the schedule that was asked for. */
export function isScheduled(schedule: ScheduleView, body: ScheduleBody): boolean {
  if (body.kind === 'every') return schedule.kind === 'every' && schedule.period_ms === body.period_ms
  if (body.kind === 'once') return schedule.kind === 'once' && Date.parse(schedule.at) === Date.parse(body.at)
  return schedule.kind === 'cron' && schedule.pattern === body.pattern.split(/\s+/).join(' ')
}
