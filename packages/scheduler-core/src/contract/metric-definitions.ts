import * as z from 'zod'

import { AUDIENCES, type LibraryAudience } from '../reading/audience.ts'
import { METRIC_KINDS, type MetricKind, SENSITIVITIES, type Sensitivity } from '../reading/described.ts'
import { type MetricUnit, UNIT_NAMES } from '../reading/units.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'
import { exactSchema } from '../view/exactly.ts'

/** One metric, with all that a reader needs to understand its value. */
const definition = z.object({
  id: z.string(),
  /** The fields of responses that show it: `*` stands for a name, `[]` for each entry. */
  fields: z.array(z.string()).readonly(),
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
export const metricDefinitions: z.ZodType<MetricDefinitionsView> = exactSchema(
  z.object({
    definitions_version: z.string(),
    /** Widths of the windows; the lifetime has none. All are half-open, `(as_of - width, as_of]`. */
    windows: z.array(z.object({ id: z.enum(WINDOWS), width_seconds: z.number().nullable() })),
    items: z.array(definition),
  }),
)

export interface MetricDefinitionsView {
  readonly definitions_version: string
  readonly windows: readonly { readonly id: WindowId; readonly width_seconds: number | null }[]
  readonly items: readonly MetricDefinitionView[]
}

/** One metric, with all that is needed to understand its value. */
interface MetricDefinitionView {
  readonly id: string
  /** The fields of responses that show it: `*` stands for a name, `[]` for each entry. */
  readonly fields: readonly string[]
  readonly title: string
  readonly kind: MetricKind
  readonly unit: MetricUnit
  readonly windows: readonly WindowId[]
  readonly formula: string
  readonly numerator: readonly string[]
  readonly denominator: readonly string[]
  readonly counts: MetricUnit
  readonly empty_is: 0 | null
  readonly resets: 'never' | 'at start'
  readonly audience: readonly LibraryAudience[]
  readonly sensitivity: Sensitivity
  readonly help: string
}
