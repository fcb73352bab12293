import * as z from 'zod'
import { lazily } from '../lazily.ts'
import { MAX_OWN_METRIC } from '../limits.ts'
import { parseOptions } from '../options/parse-options.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { type Audience, audienceName } from '../reading/audience.ts'
import type { CustomDefinition } from '../reading/described.ts'
import type { CustomReading } from '../reading/snapshot.ts'
import { type MetricUnit, UNITS } from '../reading/units.ts'
import { METRICS } from './metrics.ts'

/** A metric that the host defines and reads itself. */
export interface CustomMetric extends CustomDefinition {
  /** Called once for each snapshot. */
  readonly read: () => number | null
}

export interface CustomMetricOptions {
  /** Lower case with underscores, its unit in its name. No id of a standard metric. */
  readonly id: string
  /** A few words for people, such as a heading. */
  readonly title: string
  /** What it counts, in a sentence or two. */
  readonly help: string
  /** A `counter` never goes down while the process lives (default `gauge`). */
  readonly kind?: 'counter' | 'gauge'
  /** Its unit. A metric in milliseconds has an id that ends in `_ms`. */
  readonly unit: Exclude<MetricUnit, 'state' | 'instant'>
  /** The audiences that may read it: the library's, or those of `defineAudience` (default operations alone). */
  readonly audience?: readonly Audience[]
  /**
   * Returns the present value synchronously; `null` when unknown. When it throws, or returns a promise or no finite
   * number, this metric alone is `null` with an error code.
   */
  readonly read: () => number | null
}

/** What `defineMetric` made. */
export const customMetric = lazily(() =>
  z.custom<CustomMetric>(
    (value) => typeof value === 'object' && value !== null && 'of' in value && value.of === 'custom',
    { error: 'a metric that defineMetric made' },
  ),
)

/** Defines a metric of the host's own, for `createScheduler` and for views. Throws `INVALID_OPTIONS`. */
export function defineMetric(options: CustomMetricOptions): CustomMetric {
  const { read, kind, audience: audiences, ...described } = parseOptions(schema(), options, 'metric')
  const audience = audiences.map((one, index) => audienceName(one, `metric.audience[${index}]`))
  if (Object.hasOwn(METRICS, described.id)) refuseId(described.id)
  return Object.freeze({
    ...described,
    kind,
    audience: Object.freeze(audience),
    sensitivity: audience.some((name) => name !== 'admin') ? 'public' : 'internal',
    of: 'custom',
    statistic: 'value',
    counts: described.unit,
    windows: Object.freeze([]),
    emptyIs: null,
    resets: kind === 'counter' ? 'at start' : 'never',
    read,
  } as const)
}

/** Reads the host's metrics. A failure of one does not affect the others. */
export function readCustomMetrics(metrics: readonly CustomMetric[]): Readonly<Record<string, CustomReading>> {
  return Object.fromEntries(metrics.map((metric) => [metric.id, readOne(metric)]))
}

function readOne({ read, ...definition }: CustomMetric): CustomReading {
  return { definition, ...outcomeOf(read) }
}

function outcomeOf(read: () => unknown): Omit<CustomReading, 'definition'> {
  try {
    const value = read()
    if (value === null) return { value: null, error: null }
    if (typeof value === 'number' && Math.abs(value) <= MAX_OWN_METRIC) return { value: value + 0, error: null }
    if (!(value instanceof Promise)) return { value: null, error: 'METRIC_NOT_A_NUMBER' }
    // Nobody awaits the promise, so its rejection is dropped here.
    value.catch(() => {})
    return { value: null, error: 'METRIC_ASYNC' }
  } catch {
    // What it answers may throw too, as a proxy does when it is asked what it is.
    return { value: null, error: 'METRIC_THREW' }
  }
}

function refuseId(id: string): never {
  refuseOption({ path: 'metric.id', value: id, expected: 'an id other than those of the standard metrics' })
}

const units = Object.keys(UNITS).filter((unit) => unit !== 'state' && unit !== 'instant')

const schema = lazily(() =>
  z.strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'lower case letters and digits, between underscores' }),
    title: z.string().min(1),
    help: z.string().min(1),
    kind: z.enum(['counter', 'gauge']).default('gauge'),
    unit: z.enum(units as CustomMetricOptions['unit'][]),
    audience: z.array(z.custom<Audience>()).min(1).default(['admin']),
    read: z.custom<CustomMetricOptions['read']>((value) => typeof value === 'function', { error: 'a function' }),
  }),
)
