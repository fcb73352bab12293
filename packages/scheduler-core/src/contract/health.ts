import * as z from 'zod'

/**
 * `GET /health/live`, `/health/ready`, `/health/data`: the verdict, and for authorized readers machine codes of the
 * failures.
 */
export const health = z.object({ status: z.enum(['pass', 'fail']), reasons: z.array(z.string()).optional() })

export type Health = z.infer<typeof health>
