import * as z from 'zod'
import { exactSchema } from '../view/exactly.ts'
import { count, timestamp } from './fields.ts'
import { type LedgerEntryView, ledgerEntry, type RunView, run } from './run.ts'

const foreseenFields = {
  due_at: timestamp,
  /** When its run starts: later than the due time with jitter; `null` when it does not run. */
  starts_at: timestamp.nullable(),
  fate: z.enum(['run', 'suppressed', 'missed', 'excluded']),
  /** The calendar that excludes it. */
  calendar: z.string().nullable(),
}

/** A due time to come, and what becomes of it without further commands. */
export const foreseenDueTime: z.ZodType<ForeseenDueTimeView> = exactSchema(z.object(foreseenFields))

/** `GET /jobs/:job/preview`: the next due times; fewer than were asked for when the schedule ends before. */
export const preview: z.ZodType<PreviewView> = exactSchema(
  z.object({ job: z.string(), items: z.array(foreseenDueTime) }),
)

/** `GET /preview`: the next due times of all jobs together. */
export const upcoming: z.ZodType<UpcomingView> = exactSchema(
  z.object({ items: z.array(z.object({ job: z.string(), ...foreseenFields })) }),
)

/** `GET /jobs/:job/backfill`: what a backfill of the range would run. */
export const backfillPreview: z.ZodType<BackfillPreviewView> = exactSchema(
  z.object({
    job: z.string(),
    from: timestamp,
    to: timestamp,
    count: count.describe('How many due times would run.'),
    items: z.array(timestamp).describe('The first 100 of them, oldest first.'),
    queued: count.describe('What the command would answer: with those that are passed over when their turn comes.'),
    already: count.describe('How many do not run because they succeeded, are running or were backfilled.'),
    left_out: z.object({
      succeeded: count,
      running: count,
      backfilled: count,
      excluded: count.describe('A calendar excludes them.'),
      undecided: count.describe('The schedule itself still decides about them.'),
    }),
  }),
)

const about = { job: z.string(), at: timestamp, text: z.string() }

/** `GET /jobs/:job/explain`: whether an instant is a due time, and in words why it ran, did not run, or will not. */
export const explanation: z.ZodType<ExplanationView> = exactSchema(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('not-due'),
      ...about,
      previous_due_at: timestamp.nullable(),
      next_due_at: timestamp.nullable(),
    }),
    z.object({ kind: z.literal('recorded'), ...about, entry: ledgerEntry, later: z.array(run) }),
    z.object({ kind: z.literal('pending'), ...about, starts_at: timestamp }),
    z.object({ kind: z.literal('foreseen'), ...about, foreseen: foreseenDueTime }),
    z.object({ kind: z.literal('unknown'), ...about, reason: z.enum(['first-known', 'retention', 'unexplained']) }),
    z.object({ kind: z.literal('not-defined'), ...about, from: timestamp, to: timestamp.nullable() }),
  ]),
)

/** A job's due times in a range, compared with the ledger. */
export const jobAudit: z.ZodType<JobAuditView> = exactSchema(
  z.object({
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
    not_defined: z
      .array(z.object({ from: timestamp, to: timestamp }))
      .describe('The stretches `[from, to)` in which no open instance had the job: nothing was due then.'),
    backfilled: count,
  }),
)

/** `GET /audit`: every job. `accounted`: no due time is unexplained, and none accounted for twice. */
export const audit: z.ZodType<AuditView> = exactSchema(
  z.object({
    from: timestamp,
    to: timestamp,
    accounted: z.boolean(),
    items: z.array(jobAudit),
  }),
)

export interface ForeseenDueTimeView {
  readonly due_at: string
  /** When its run starts: later than the due time with jitter; `null` when it does not run. */
  readonly starts_at: string | null
  readonly fate: 'run' | 'suppressed' | 'missed' | 'excluded'
  /** The calendar that excludes it. */
  readonly calendar: string | null
}
export interface PreviewView {
  readonly job: string
  readonly items: readonly ForeseenDueTimeView[]
}
export interface UpcomingView {
  readonly items: readonly (ForeseenDueTimeView & { readonly job: string })[]
}
export interface BackfillPreviewView {
  readonly job: string
  readonly from: string
  readonly to: string
  /** How many due times would run. */
  readonly count: number
  /** The first 100 of them, oldest first. */
  readonly items: readonly string[]
  /** What the command would answer: with those that are passed over when their turn comes. */
  readonly queued: number
  /** How many do not run because they succeeded, are running or were backfilled. */
  readonly already: number
  readonly left_out: {
    readonly succeeded: number
    readonly running: number
    readonly backfilled: number
    /** A calendar excludes them. */
    readonly excluded: number
    /** The schedule itself still decides about them. */
    readonly undecided: number
  }
}
export type ExplanationView =
  | (About<'not-due'> & { readonly previous_due_at: string | null; readonly next_due_at: string | null })
  | (About<'recorded'> & { readonly entry: LedgerEntryView; readonly later: readonly RunView[] })
  | (About<'pending'> & { readonly starts_at: string })
  | (About<'foreseen'> & { readonly foreseen: ForeseenDueTimeView })
  | (About<'unknown'> & { readonly reason: 'first-known' | 'retention' | 'unexplained' })
  /** No open instance had the job after `from`, up to and including `to` (`null`: none has had it since). */
  | (About<'not-defined'> & { readonly from: string; readonly to: string | null })
interface About<Kind> {
  readonly kind: Kind
  readonly job: string
  readonly at: string
  readonly text: string
}
export interface JobAuditView {
  readonly job: string
  readonly from: string
  readonly to: string
  readonly limited_by: 'first-known' | 'retention' | null
  readonly expected: number
  readonly started: number
  readonly skipped: number
  readonly suppressed: number
  readonly missed: number
  readonly pending: number
  readonly unexplained: readonly { readonly first: string; readonly last: string; readonly count: number }[]
  readonly accounted_twice: number
  readonly off_schedule: number
  /** The stretches `[from, to)` in which no open instance had the job: nothing was due then. */
  readonly not_defined: readonly { readonly from: string; readonly to: string }[]
  readonly backfilled: number
}
export interface AuditView {
  readonly from: string
  readonly to: string
  readonly accounted: boolean
  readonly items: readonly JobAuditView[]
}
