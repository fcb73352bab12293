import * as z from 'zod'

import { ERRORS, type ErrorCode } from '../errors.ts'
import { exactSchema } from '../view/exactly.ts'

/** Every answer that is not a success: RFC 9457, with the code of the catalogue. */
export const problem: z.ZodType<Problem> = exactSchema(
  z.object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    /** The present control version, when the request was based on another one (409 and 412). */
    current_version: z.int().nonnegative().optional(),
  }),
)

export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly detail?: string | undefined
  /** The present control version, when the request was based on another one (409 and 412). */
  readonly current_version?: number | undefined
}
