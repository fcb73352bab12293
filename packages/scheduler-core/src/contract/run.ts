import * as z from 'zod'

import { RUN_TRIGGERS, SETTLED_RUN_STATES, SKIP_REASONS, UNRUN_STATES } from '../run/states.ts'
import { count, milliseconds, timestamp } from '../view/fields.ts'

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

/** The execution of a due time, or of an operator's command. */
export const run = z.object({
  kind: z.literal('run'),
  id: z.uuid(),
  job: z.string(),
  trigger: z.enum(RUN_TRIGGERS),
  state: z.enum(['running', ...SETTLED_RUN_STATES]),
  scheduled_for: timestamp.nullable(),
  started_at: timestamp,
  settled_at: timestamp.nullable(),
  attempt: z.int().positive(),
  lateness_ms: milliseconds.nullable(),
  duration_ms: milliseconds.nullable(),
  cancel_requested: z.boolean(),
  items: z.object({ processed: count, failed: count, skipped: count }),
  calls: z.array(providerCalls).describe('What the run asked of each provider.'),
  /** The progress that the handler of a long run reported; while the run lasts, as of the last renewal of its lease. */
  progress: z.object({ done: z.number().nonnegative(), total: z.number().nonnegative(), at: timestamp }).nullable(),
  error: z.object({ code: z.string(), name: z.string(), message: z.string() }).nullable(),
})

/** One due time, or an unbroken range of them, that never ran. */
export const unrun = z.object({
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

/** `GET /runs/:id`: one row of the ledger. */
export const ledgerEntry: z.ZodType<LedgerEntryView> = z.discriminatedUnion('kind', [run, unrun])

/** `GET /runs`: a page of the ledger, latest first. */
export const ledgerPage: z.ZodType<LedgerPageView> = z.object({
  items: z.array(ledgerEntry),
  next_cursor: z.string().nullable(),
})

export interface RunView extends z.infer<typeof run> {}
export interface UnrunView extends z.infer<typeof unrun> {}
export type LedgerEntryView = RunView | UnrunView
export interface LedgerPageView {
  readonly items: readonly LedgerEntryView[]
  readonly next_cursor: string | null
}
