import * as z from 'zod'

import type { ItemCounts } from '../run/ledger-entry.ts'
import {
  RUN_STATES,
  RUN_TRIGGERS,
  type RunState,
  type RunTrigger,
  SKIP_REASONS,
  type SkipReason,
  UNRUN_STATES,
  type UnrunState,
} from '../run/states.ts'
import { exactSchema } from '../view/exactly.ts'
import { count, milliseconds, timestamp } from './fields.ts'
import { type StoredErrorView, storedError } from './run-error.ts'

/** The calls of a run to one provider. */
const providerCalls = z.object({
  provider: z.string(),
  calls: count.describe('Requests sent to the provider.'),
  answered: count,
  succeeded: count,
  failed: count,
  rate_limited: count,
  served_as_fallback: count.describe('Successes where the provider was not the first that was asked.'),
})

/** What an open run can wait for: its next attempt, an instance that takes it up, or, while it is queued, a worker. */
const WAITS = ['attempt', 'instance', 'worker'] as const
export type RunWait = (typeof WAITS)[number]

export const runObject = z.object({
  kind: z.literal('run'),
  id: z.uuid(),
  job: z.string(),
  trigger: z.enum(RUN_TRIGGERS),
  state: z.enum(RUN_STATES),
  scheduled_for: timestamp.nullable(),
  queued_at: timestamp
    .nullable()
    .describe('Since when it has waited in a queue, or had until a worker took it over; null: it never did.'),
  started_at: timestamp.nullable().describe('Null while it is queued, and when it was cancelled before it began.'),
  settled_at: timestamp.nullable(),
  instance: z
    .string()
    .describe('The instance that owns the run, or owned it last; while it is queued, the one that claimed it.'),
  attempt: count.describe('The present or last attempt; a rerun goes on counting; 0 before the first has begun.'),
  waiting_for: z
    .enum(WAITS)
    .nullable()
    .describe(
      'What an open run waits for: its next attempt, an instance that takes it up after another was shut down, or, while it is queued, a worker; null: for nothing.',
    ),
  next_attempt_at: timestamp
    .nullable()
    .describe(
      'When the next attempt may begin, while the run waits for it; in the past while a pause makes it wait longer.',
    ),
  queue_wait_ms: milliseconds
    .nullable()
    .describe('How long it waited in a queue until a worker took it over; null while it does, and when it never did.'),
  lateness_ms: milliseconds.nullable(),
  duration_ms: milliseconds.nullable(),
  cancel_requested: z.boolean(),
  items: z.object({ processed: count, failed: count, skipped: count }),
  calls: z.array(providerCalls).describe('What the run asked of each provider.'),
  /** The progress that the handler of a long run reported; while the run lasts, as of the last renewal of its lease. */
  progress: z.object({ done: z.number().nonnegative(), total: z.number().nonnegative(), at: timestamp }).nullable(),
  error: storedError
    .nullable()
    .describe('Why the run did not succeed; of a running run, the error of its last attempt that failed.'),
  log_url: z.string().nullable().describe('Where the host has the logs of the run; null: it does not say.'),
})

export const unrunObject = z.object({
  kind: z.literal('unrun'),
  id: z.uuid(),
  job: z.string(),
  state: z.enum(UNRUN_STATES),
  reason: z.enum(SKIP_REASONS).nullable(),
  scheduled_for: timestamp,
  through: timestamp,
  due_count: z.int().positive(),
  settled_at: timestamp,
})

/** The execution of a due time, or of an operator's command. */
export const run: z.ZodType<RunView> = exactSchema(runObject)

/** One due time, or an unbroken range of them, that never ran. */
export const unrun: z.ZodType<UnrunView> = exactSchema(unrunObject)

/** One row of the ledger. */
export const ledgerEntry: z.ZodType<LedgerEntryView> = exactSchema(
  z.discriminatedUnion('kind', [runObject, unrunObject]),
)

/** `GET /runs`: a page of the ledger, latest first. */
export const ledgerPage: z.ZodType<LedgerPageView> = exactSchema(
  z.object({
    items: z.array(ledgerEntry),
    next_cursor: z.string().nullable(),
  }),
)

export interface RunView {
  readonly kind: 'run'
  readonly id: string
  readonly job: string
  readonly trigger: RunTrigger
  readonly state: RunState
  readonly scheduled_for: string | null
  /** Since when it has waited in a queue, or had until a worker took it over; `null`: it never did. */
  readonly queued_at: string | null
  /** `null` while it is queued, and when it was cancelled before it began. */
  readonly started_at: string | null
  readonly settled_at: string | null
  /** The instance that owns the run, or owned it last; while it is queued, the one that claimed it. */
  readonly instance: string
  /** The present or last attempt; a rerun goes on counting; 0 before the first has begun. */
  readonly attempt: number
  /** What an open run waits for; `null`: for nothing. */
  readonly waiting_for: RunWait | null
  /** When the next attempt may begin, while the run waits for it; in the past while a pause makes it wait longer. */
  readonly next_attempt_at: string | null
  /** How long it waited in a queue until a worker took it over; `null` while it does, and when it never did. */
  readonly queue_wait_ms: number | null
  readonly lateness_ms: number | null
  readonly duration_ms: number | null
  readonly cancel_requested: boolean
  readonly items: ItemCounts
  readonly calls: readonly ProviderCallsView[]
  /** How far the handler of a long run says it has come; as of the last renewal of its lease while it runs. */
  readonly progress: { readonly done: number; readonly total: number; readonly at: string } | null
  /** Why the run did not succeed; of a running run, the error of its last attempt that failed. */
  readonly error: StoredErrorView | null
  /** Where the host has the logs of the run: an http(s) or relative URL. `null`: it does not say. */
  readonly log_url: string | null
}

/** What a run asked of one provider. */
interface ProviderCallsView {
  readonly provider: string
  readonly calls: number
  readonly answered: number
  readonly succeeded: number
  readonly failed: number
  readonly rate_limited: number
  readonly served_as_fallback: number
}

export interface UnrunView {
  readonly kind: 'unrun'
  readonly id: string
  readonly job: string
  readonly state: UnrunState
  readonly reason: SkipReason | null
  readonly scheduled_for: string
  readonly through: string
  readonly due_count: number
  readonly settled_at: string
}
export type LedgerEntryView = RunView | UnrunView
export interface LedgerPageView {
  readonly items: readonly LedgerEntryView[]
  readonly next_cursor: string | null
}
