import { z } from 'zod'

/** `GET /health/live`, `GET /health/ready`: nothing but the verdict. */
export const health = z.object({ status: z.enum(['pass', 'fail']) })

export type Health = z.infer<typeof health>
