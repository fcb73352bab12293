import * as z from 'zod'

import { ERRORS, type ErrorCode } from '../errors.ts'

/** Every answer that is not a success: RFC 9457, with the code of the catalogue. */
export const problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  detail: z.string().optional(),
  /** The present control version, when the request was based on another one (409 and 412). */
  current_version: z.int().nonnegative().optional(),
})

export type Problem = z.infer<typeof problem>
