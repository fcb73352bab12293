import * as z from 'zod'

import { RUN_STATES, RUN_TRIGGERS, type RunState, type RunTrigger } from '../run/states.ts'
import { exactSchema } from '../view/exactly.ts'
import { count, milliseconds, timestamp } from './fields.ts'
import { type RunView, run } from './run.ts'

/** A run of a due time, as short as a picture of many needs it. `GET /runs/:id` has the rest. */
export const dueRun: z.ZodType<DueRunView> = exactSchema(
  z.object({
    id: z.uuid(),
    trigger: z.enum(RUN_TRIGGERS),
    state: z.enum(RUN_STATES),
    queued_at: timestamp.nullable(),
    started_at: timestamp.nullable(),
    settled_at: timestamp.nullable(),
    attempt: count,
    queue_wait_ms: milliseconds.nullable(),
    lateness_ms: milliseconds.nullable(),
    duration_ms: milliseconds.nullable(),
  }),
)

const base = { due_at: timestamp, later: z.array(dueRun).describe('Reruns and a backfill of it, oldest first.') }
const unrun = { ...base, decided_at: timestamp }

/** A due time, past or future, with its fate. */
export const dueTime: z.ZodType<DueTimeView> = exactSchema(
  z.discriminatedUnion('fate', [
    z.object({ fate: z.literal('run'), ...base, run: dueRun }),
    z.object({ fate: z.literal('skipped'), ...unrun, reason: z.literal('overlap').nullable() }),
    z.object({ fate: z.literal('excluded'), ...unrun, calendar: z.string().nullable() }),
    z.object({ fate: z.literal('suppressed'), ...unrun }),
    z.object({ fate: z.literal('missed'), ...unrun }),
    z.object({ fate: z.literal('pending'), ...base, starts_at: timestamp }),
    z.object({
      fate: z.literal('foreseen'),
      ...base,
      foreseen: z.enum(['run', 'suppressed', 'missed', 'excluded']),
      starts_at: timestamp.nullable(),
      calendar: z.string().nullable(),
    }),
    z.object({ fate: z.literal('unexplained'), ...base }),
    z.object({ fate: z.literal('unknown'), ...base, reason: z.enum(['first-known', 'retention']) }),
  ]),
)

/** `GET /jobs/:job/due-times`: a page of the due times of a range, oldest first, each once. */
export const dueTimeList: z.ZodType<DueTimeListView> = exactSchema(
  z.object({
    job: z.string(),
    from: timestamp,
    to: timestamp,
    items: z.array(dueTime),
    next_cursor: z.string().nullable(),
    manual: z
      .array(run)
      .describe('The manual runs that began in the range, latest first, at most 200. Only the first page has them.'),
    manual_complete: z.boolean().describe('Whether "manual" has all of them.'),
  }),
)

export interface DueRunView {
  readonly id: string
  readonly trigger: RunTrigger
  readonly state: RunState
  /** Since when it has waited in a queue, or had; `null`: it never did. */
  readonly queued_at: string | null
  /** `null` while it is queued, and when it was cancelled before it began. */
  readonly started_at: string | null
  readonly settled_at: string | null
  readonly attempt: number
  readonly queue_wait_ms: number | null
  readonly lateness_ms: number | null
  readonly duration_ms: number | null
}

export type DueTimeView =
  /** It ran, whatever came of it. */
  | (With<'run'> & { readonly run: DueRunView })
  /** The run before it was still going. */
  | (Unrun<'skipped'> & { readonly reason: 'overlap' | null })
  /** `calendar` is `null` when none of the present calendars excludes it any more. */
  | (Unrun<'excluded'> & { readonly calendar: string | null })
  | Unrun<'suppressed'>
  | Unrun<'missed'>
  /** Due, and nothing is decided yet. */
  | (With<'pending'> & { readonly starts_at: string })
  /** To come, and what becomes of it without further commands. */
  | (With<'foreseen'> & {
      readonly foreseen: 'run' | 'suppressed' | 'missed' | 'excluded'
      readonly starts_at: string | null
      readonly calendar: string | null
    })
  /** The ledger should have an entry, and has none. */
  | With<'unexplained'>
  /** The job was not registered yet, or the entry may be deleted by now. */
  | (With<'unknown'> & { readonly reason: 'first-known' | 'retention' })

interface With<Fate> {
  readonly fate: Fate
  readonly due_at: string
  /** Reruns and a backfill of it, oldest first. */
  readonly later: readonly DueRunView[]
}

interface Unrun<Fate> extends With<Fate> {
  /** When it was decided that it does not run. */
  readonly decided_at: string
}

export interface DueTimeListView {
  readonly job: string
  readonly from: string
  readonly to: string
  readonly items: readonly DueTimeView[]
  readonly next_cursor: string | null
  /** The manual runs that began in the range, latest first, at most 200. Only the first page has them. */
  readonly manual: readonly RunView[]
  /** Whether `manual` has all of them. */
  readonly manual_complete: boolean
}
