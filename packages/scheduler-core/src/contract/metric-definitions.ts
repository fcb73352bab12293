import * as z from 'zod'

import { AUDIENCES } from '../reading/audience.ts'
import { METRIC_KINDS, SENSITIVITIES } from '../reading/described.ts'
import { UNIT_NAMES } from '../reading/units.ts'
import { WINDOWS } from '../run/windows.ts'

/** One metric, with all that a reader needs to understand its value. */
const definition = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(METRIC_KINDS),
  unit: z.enum(UNIT_NAMES),
  /** The windows that it has; empty when it is read at the snapshot's instant. */
  windows: z.array(z.enum(WINDOWS)).readonly(),
  /** How it is computed, in one line. */
  formula: z.string(),
  numerator: z.array(z.string()).readonly(),
  denominator: z.array(z.string()).readonly(),
  counts: z.enum(UNIT_NAMES),
  /** Its value when nothing was counted or measured: `null` is unknown, 0 is a count of none. */
  empty_is: z.literal(0).nullable(),
  resets: z.enum(['never', 'at start']),
  audience: z.array(z.enum(AUDIENCES)).readonly(),
  sensitivity: z.enum(SENSITIVITIES),
  help: z.string(),
})

/** `GET /metrics/definitions`: every metric that the reader's view may show. */
export const metricDefinitions = z.object({
  definitions_version: z.string(),
  /** Widths of the windows; the lifetime has none. All are half-open, `(as_of - width, as_of]`. */
  windows: z.array(z.object({ id: z.enum(WINDOWS), width_seconds: z.number().nullable() })),
  items: z.array(definition),
})

export type MetricDefinitionsView = z.infer<typeof metricDefinitions>
