import * as z from 'zod'

import { PAST_OUTCOMES, type PastAttempt, type PastError } from '../run/past-attempt.ts'
import { exactSchema } from '../view/exactly.ts'
import { timestamp } from './fields.ts'
import { type RunView, runObject, type UnrunView, unrunObject } from './run.ts'

/** The commands about one run. */
const RUN_COMMANDS = ['run-job', 'cancel-run'] as const

const runCommand = z.object({
  kind: z.enum(RUN_COMMANDS),
  by: z.string(),
  why: z.string().nullable(),
  at: timestamp,
})

const pastAttempt = z.object({
  attempt: z.int().positive(),
  started_at: timestamp,
  ended_at: timestamp,
  instance: z.string(),
  outcome: z.enum(PAST_OUTCOMES),
  error: z.object({ code: z.string(), name: z.string(), message: z.string() }).nullable(),
})

const runDetailObject = runObject.extend({
  commands: z
    .array(runCommand)
    .describe('Who asked for the run, or for its end, and why: the latest first, at most 10.'),
  past_attempts: z
    .array(pastAttempt)
    .describe(
      'The attempts before the present or last one, oldest first: the latest 20; those of the run whose rerun it is too.',
    ),
  input: z.unknown().describe('What the run was given, without its secrets; null: nothing, or it was erased.'),
  error_stack: z
    .string()
    .nullable()
    .describe(
      'Where the error was thrown. Null: the scheduler does not store stacks, or the caller may not control the job.',
    ),
})

/** One run by itself. */
export const runDetail: z.ZodType<RunDetailView> = exactSchema(runDetailObject)

/** `GET /runs/:id`: one row of the ledger, and what is known about the run beside it. */
export const ledgerRow: z.ZodType<LedgerRowView> = exactSchema(
  z.discriminatedUnion('kind', [runDetailObject, unrunObject]),
)

/** A run with what is known about it beside its row, or due times that did not run. */
export type LedgerRowView = RunDetailView | UnrunView

/** A run, who asked for it, and where its error was thrown. */
export interface RunDetailView extends RunView {
  /** Who asked for the run, or for its end, and why: the latest first, at most 10. */
  readonly commands: readonly RunCommandView[]
  /** The attempts before the present or last one, oldest first: the latest 20; those of the run whose rerun it is too. */
  readonly past_attempts: readonly PastAttemptView[]
  /** What it was given, with `[redacted]` for its secrets; `null`: nothing, or it was erased after its retention. */
  readonly input: unknown
  /** `null`: the scheduler does not store stacks, or the caller may not control the job. */
  readonly error_stack: string | null
}

interface PastAttemptView {
  readonly attempt: number
  readonly started_at: string
  readonly ended_at: string
  readonly instance: string
  readonly outcome: PastAttempt['outcome']
  readonly error: PastError | null
}

interface RunCommandView {
  readonly kind: (typeof RUN_COMMANDS)[number]
  readonly by: string
  readonly why: string | null
  readonly at: string
}
