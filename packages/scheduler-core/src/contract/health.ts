import * as z from 'zod'

import { exactSchema } from '../view/exactly.ts'

/**
 * `GET /health/live`, `/health/ready`, `/health/data`: the verdict, and for authorized readers codes of the failures.
 */
export const health: z.ZodType<Health> = exactSchema(
  z.object({ status: z.enum(['pass', 'fail']), reasons: z.array(z.string()).optional() }),
)

export interface Health {
  readonly status: 'pass' | 'fail'
  readonly reasons?: readonly string[] | undefined
}
