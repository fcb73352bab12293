import * as z from 'zod'

/** `GET /health/live`, `/health/ready`, `/health/data`: the verdict, and for those who may know, machine codes of what fails. */
export const health = z.object({ status: z.enum(['pass', 'fail']), reasons: z.array(z.string()).optional() })

export type Health = z.infer<typeof health>
