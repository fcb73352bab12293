import * as z from 'zod'

import { count, timestamp } from '../view/fields.ts'
import { ledgerEntry, type RunView, run } from './run.ts'

/** A due time to come, and what becomes of it without further commands. */
export const foreseenDueTime = z.object({
  due_at: timestamp,
  /** When its run starts: later than the due time with jitter; `null` when it does not run. */
  starts_at: timestamp.nullable(),
  fate: z.enum(['run', 'suppressed', 'missed', 'excluded']),
  /** The calendar that excludes it. */
  calendar: z.string().nullable(),
})

/** `GET /jobs/:job/preview`: the next due times; fewer than were asked for when the schedule ends before. */
export const preview: z.ZodType<PreviewView> = z.object({ job: z.string(), items: z.array(foreseenDueTime) })

const about = { job: z.string(), at: timestamp, text: z.string() }

/**
 * `GET /jobs/:job/explain`: whether an instant is a due time, and in plain English why it ran, did not run, or will
 * not.
 */
export const explanation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('not-due'),
    ...about,
    previous_due_at: timestamp.nullable(),
    next_due_at: timestamp.nullable(),
  }),
  z.object({ kind: z.literal('recorded'), ...about, entry: ledgerEntry, later: z.array<z.ZodType<RunView>>(run) }),
  z.object({ kind: z.literal('pending'), ...about, starts_at: timestamp }),
  z.object({ kind: z.literal('foreseen'), ...about, foreseen: foreseenDueTime }),
  z.object({ kind: z.literal('unknown'), ...about, reason: z.enum(['first-known', 'retention', 'unexplained']) }),
])

/** A job's due times in a range, compared with the ledger. */
export const jobAudit = z.object({
  job: z.string(),
  from: timestamp,
  to: timestamp,
  limited_by: z.enum(['first-known', 'retention']).nullable(),
  expected: count,
  started: count,
  skipped: count,
  suppressed: count.describe('Due times that fell into a pause.'),
  missed: count,
  pending: count,
  unexplained: z.array(z.object({ first: timestamp, last: timestamp, count })),
  accounted_twice: count,
  off_schedule: count,
  backfilled: count,
})

/** `GET /audit`: every job. `accounted` is true when no due time is unexplained, and none is accounted for twice. */
export const audit: z.ZodType<AuditView> = z.object({
  from: timestamp,
  to: timestamp,
  accounted: z.boolean(),
  items: z.array(jobAudit),
})

export interface ForeseenDueTimeView extends z.infer<typeof foreseenDueTime> {}
export interface PreviewView {
  readonly job: string
  readonly items: readonly ForeseenDueTimeView[]
}
export type ExplanationView = z.infer<typeof explanation>
export interface JobAuditView extends z.infer<typeof jobAudit> {}
export interface AuditView {
  readonly from: string
  readonly to: string
  readonly accounted: boolean
  readonly items: readonly JobAuditView[]
}
