import { BUCKET_WIDTHS } from '@pm/scheduler-core/store'

import { LIFETIME_START } from './spans.ts'

/**
 * The buckets that a minute tally `t` counts for: the minute, the wider buckets that contain it, and the lifetime. The
 * server expands them, so that a batch sends each tally once.
 */
export const BUCKETS_OF_MINUTE = `LATERAL (VALUES
      ('lifetime', ${LIFETIME_START}::float8),
      ('hour', floor(t.bucket_start / ${BUCKET_WIDTHS.hour}) * ${BUCKET_WIDTHS.hour}),
      ('minute', t.bucket_start)
    ) AS bucket (width, starts)`
