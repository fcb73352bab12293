import { type Declared, NOTHING_DECLARED } from '../ports/declared.ts'
import { type Audience, audienceName } from '../reading/audience.ts'
import { type CustomDefinition, type Described, isFor } from '../reading/described.ts'
import { WINDOWS } from '../run/windows.ts'
import type { MetricDefinition } from './definition.ts'
import { formulaOf } from './formula.ts'
import { metricsWith } from './metrics.ts'

/** A metric as it is published: all that a reader needs to understand its value and to compute it again. */
export interface PublishedDefinition extends Described {
  readonly id: string
  /** In words, such as `percent(succeeded / (succeeded + failed + timed_out + orphaned + interrupted))`. */
  readonly formula: string
  /** The counters that are added up or the measure, and the counters that divide them. Empty where there are none. */
  readonly numerator: readonly string[]
  readonly denominator: readonly string[]
}

/**
 * The metrics that an audience may see: the library's, those of what the host's sources declare, then the host's own. Throws
 * `INVALID_OPTIONS` when the value is not an audience.
 */
export function definitionsFor(
  audience: Audience,
  custom: readonly CustomDefinition[],
  declared: Declared = NOTHING_DECLARED,
): readonly PublishedDefinition[] {
  const reader = audienceName(audience, 'audience')
  return allDefinitions(custom, declared).filter((metric) => isFor(metric, reader))
}

/**
 * A version that changes exactly when the definition of a metric changes. All instances of a release have the same one.
 */
export function versionOfDefinitions(
  custom: readonly CustomDefinition[],
  declared: Declared = NOTHING_DECLARED,
): string {
  return fnv1a(JSON.stringify([WINDOWS, allDefinitions(custom, declared)]))
}

function allDefinitions(custom: readonly CustomDefinition[], declared: Declared): readonly PublishedDefinition[] {
  const own = custom.map((metric) => ({ id: metric.id, metric }))
  return [...metricsWith(declared), ...own].map(({ id, metric }) => publish(id, metric))
}

function publish(id: string, metric: MetricDefinition): PublishedDefinition {
  const { title, kind, unit, windows, counts, emptyIs, resets, audience, sensitivity, help } = metric
  return {
    id,
    title,
    kind,
    unit,
    windows,
    formula: formulaOf(metric),
    numerator: 'numerator' in metric ? metric.numerator : 'measure' in metric ? [metric.measure] : [],
    denominator: 'denominator' in metric ? metric.denominator : [],
    counts,
    emptyIs,
    resets,
    audience,
    sensitivity,
    help,
  }
}

/** FNV-1a over UTF-16 units, 32 bits in hexadecimal: enough to tell one text from another, and the same in a browser. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
