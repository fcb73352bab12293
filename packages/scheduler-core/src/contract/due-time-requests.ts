import * as z from 'zod'

import { instant, isOrdered, ORDER, onlyFields, reasonFields } from './requests.ts'

/** The query of `GET /jobs/:job/preview`: how many due times to foresee (default 10). */
export const previewQuery = onlyFields({
  n: z
    .string()
    .regex(/^(?:[1-9][0-9]{0,2}|1000)$/, { error: 'a whole number from 1 to 1000' })
    .transform(Number)
    .optional(),
})

/** The query of `GET /jobs/:job/explain`. */
export const explainQuery = onlyFields({ at: instant })

/** An audit over HTTP covers at most this much. */
const MAX_AUDIT_MS = 31 * 86_400_000

/** The query of `GET /audit`: due times in `[from, to)` (default the last 24 h); at most 31 days. */
export const auditQuery = onlyFields({ from: instant.optional(), to: instant.optional() })
  .refine(({ from, to }) => isOrdered(from, to), ORDER)
  .refine(
    ({ from, to }) => from === undefined || to === undefined || Date.parse(to) - Date.parse(from) <= MAX_AUDIT_MS,
    {
      path: ['from'],
      error: 'an instant at most 31 days before "to"',
    },
  )

/** The body of `POST /jobs/:job/backfill`: past due times in `[from, to)`. */
export const backfillBody = onlyFields({ from: instant, to: instant, ...reasonFields }).refine(
  ({ from, to }) => isOrdered(from, to),
  ORDER,
)

export type PreviewQueryParams = z.input<typeof previewQuery>
export type ExplainQueryParams = z.input<typeof explainQuery>
export type AuditQueryParams = z.input<typeof auditQuery>
export type BackfillBody = z.input<typeof backfillBody>
