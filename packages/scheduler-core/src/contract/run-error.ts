import * as z from 'zod'

import { CAUSE_KINDS } from '../run/stored-cause.ts'

const errorCodes = {
  sql_state: z.string().nullable().describe('Of an error of an SQL database, as in 23505; null: it has none itself.'),
  http_status: z.int().nullable().describe('Of the HTTP response that the error stands for; null: it has none itself.'),
}

const errorCause = z.object({
  kind: z.enum(CAUSE_KINDS).describe('The cause of the error above, or one of several that the error above gathers.'),
  depth: z
    .int()
    .positive()
    .describe('How far below the error itself. The error above is the last one before it with a smaller depth.'),
  code: z.string().nullable(),
  name: z.string(),
  message: z.string(),
  ...errorCodes,
})

/** Why a run did not succeed. */
export const storedError = z.object({
  code: z.string().describe('Its own code, or that of its SQLSTATE, its HTTP status or its first cause with one.'),
  name: z.string(),
  message: z.string(),
  ...errorCodes,
  causes: z.array(errorCause).describe('What is behind the error, each before its own causes; at most 10.'),
})

interface ErrorCodesView {
  /** Of an error of an SQL database, as in `23505`; `null`: it has none itself. */
  readonly sql_state: string | null
  /** Of the HTTP response that the error stands for; `null`: it has none itself. */
  readonly http_status: number | null
}

/** Why a run did not succeed. */
export interface StoredErrorView extends ErrorCodesView {
  /** Its own code, or that of its SQLSTATE, its HTTP status or its first cause with one; else `HANDLER_FAILED`. */
  readonly code: string
  readonly name: string
  readonly message: string
  /** What is behind it, each before its own causes; at most 10. */
  readonly causes: readonly ErrorCauseView[]
}

/** An error behind the error of a run. */
interface ErrorCauseView extends ErrorCodesView {
  /** `cause`: the cause of the error above. `inner`: one of several that the error above gathers. */
  readonly kind: (typeof CAUSE_KINDS)[number]
  /** How far below the error itself, from 1. The error above is the last one before it with a smaller depth. */
  readonly depth: number
  readonly code: string | null
  readonly name: string
  readonly message: string
}
