import type { CustomMetric } from '../metrics/custom-metric.ts'
import type { MetricDefinition } from '../metrics/definition.ts'
import { METRIC_IDS, METRICS, type MetricId, metricNamed } from '../metrics/metrics.ts'
import type { MetricScope, Part } from '../metrics/scope.ts'
import type { Listed, MetricSubject } from '../metrics/subjects.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { FeedCounts } from '../reading/snapshot.ts'
import type { WindowId } from '../run/windows.ts'
import { FACTS, type FactId, type FactOf } from './facts.ts'
import type { ConditionsPlace, Fields, ListNode, MetricNode, Projected, ViewNode } from './node.ts'

/**
 * Binds a field to a metric. A metric with windows needs one. A metric of jobs or providers may name one; else the
 * field's place in a list says which, or it is all together. Throws `INVALID_OPTIONS`, with a suggestion, for an
 * unknown metric.
 */
export function metricField<const Id extends WindowedId, const O extends WindowedOf<Id>>(
  id: Id,
  of: O,
): ViewNode<MetricJson<Id>, Needs<SubjectOf<Id>, O>>
export function metricField<
  const Id extends InstantId,
  const O extends TargetOf<SubjectOf<Id>> = TargetOf<SubjectOf<Id>>,
>(id: Id, of?: O): ViewNode<MetricJson<Id>, Needs<SubjectOf<Id>, O>>
/** Binds a field to a metric of the host's own. */
export function metricField(custom: CustomMetric): ViewNode<number | null, never>
export function metricField(named: string | CustomMetric, of: AnyOf = {}): ViewNode {
  const id = typeof named === 'string' ? named : named.id
  const definition = typeof named === 'string' ? metricNamed(named) : named
  if (!definition) refuseOption({ path: 'metric', value: named, expected: 'the id of a metric', known: METRIC_IDS })
  const window = windowOf(id, definition, of)
  return Object.freeze({ kind: 'metric', id, metric: definition, window, target: targetOf(id, definition, of) })
}

/**
 * Binds a field to a sum that is always a whole number, for responses that allow no `null` there. A sum that is no
 * longer exact is shown as 2^53 - 1, where it stopped.
 */
export function stoppingSumField(id: SumId, of: { readonly window: WindowId }): ViewNode<number, never> {
  const node: MetricNode = { kind: 'metric', id, metric: METRICS[id], window: of.window, target: null, neverNull: true }
  return Object.freeze(node)
}

/** Binds a field to a fact, which is not a number. */
export function factField<const Id extends FactId>(
  id: Id,
): ViewNode<FactOf<Id>, Extract<(typeof FACTS)[Id]['of'], Listed>> {
  return Object.freeze({ kind: 'fact', id, fact: FACTS[id] })
}

/** Binds a field to the host's own metric at this place of a list. For operations alone. */
export function ownMetricField(): ViewNode<number | null, 'own'> {
  return Object.freeze({ kind: 'own' })
}

/** Binds an object to the counts of the feeds: the total, and one for each grade and declared word. */
export function feedCountsField(): ViewNode<FeedCounts, never> {
  return Object.freeze({ kind: 'feed-counts' })
}

/**
 * The place of the declared conditions and attributes among the fields of a provider. Each is a field under its own
 * name; the name of this field is not in the response.
 */
export function providerConditionsField(): ConditionsPlace<'provider'> {
  return Object.freeze({ kind: 'conditions' })
}

/**
 * The same fields for every job, provider, feed or instance, in the snapshot's order; with `part` for those that it
 * answers, in its order. `null` when they are unknown.
 */
export function listField<const L extends Listed, const F extends Fields<L>>(
  of: L,
  fields: F,
  part?: Part<L>,
): ViewNode<L extends 'feed' ? readonly Projected<F>[] | null : readonly Projected<F>[], never> {
  return Object.freeze({ kind: 'list', of, shape: 'list', fields, part } as ListNode)
}

/** The same fields for every job, provider or metric of the host's own, by their names. */
export function recordField<const L extends 'job' | 'provider' | 'own', const F extends Fields<L>>(
  of: L,
  fields: F,
): ViewNode<Readonly<Record<string, Projected<F>>>, never> {
  return Object.freeze({ kind: 'list', of, shape: 'by-name', fields } as ListNode)
}

/** A field that is left out when it does not apply. */
export function fieldIf<V, N extends Listed>(
  applies: (scope: MetricScope) => boolean,
  node: ViewNode<V, N>,
): ViewNode<V | undefined, N> {
  return Object.freeze({ kind: 'optional', applies, node })
}

/** A field that is left out while it is `null`. */
export function fieldIfKnown<V, N extends Listed>(node: ViewNode<V, N>): ViewNode<Exclude<V, null> | undefined, N> {
  return Object.freeze({ kind: 'optional', applies: 'known', node })
}

/** An object that is `null` as a whole when it does not apply. */
export function objectOrNull<const F extends Fields>(
  applies: (scope: MetricScope) => boolean,
  fields: F,
): ViewNode<Projected<F> | null, NeedsOf<F>> {
  return Object.freeze({ kind: 'nullable', applies, fields })
}

type NeedsOf<F> = F extends ViewNode<unknown, infer N> | ConditionsPlace<infer N>
  ? N
  : { [K in keyof F]: NeedsOf<F[K]> }[keyof F]

/** The metrics that are told over a window, and those that are read at the snapshot's instant. */
type InstantId = { [Id in MetricId]: (typeof METRICS)[Id]['windows'] extends readonly [] ? Id : never }[MetricId]
type WindowedId = Exclude<MetricId, InstantId>
type SumId = { [Id in MetricId]: (typeof METRICS)[Id] extends { statistic: 'sum' } ? Id : never }[MetricId]

type SubjectOf<Id extends MetricId> = (typeof METRICS)[Id]['of']
type WindowedOf<Id extends WindowedId> = TargetOf<SubjectOf<Id>> & { readonly window: WindowId }
type Everything = Record<never, never>

type TargetOf<S extends MetricSubject> = S extends 'run' | 'job'
  ? { readonly job?: string }
  : S extends 'call' | 'provider'
    ? { readonly provider?: string }
    : Everything

/** The subjects of which the field has to name one. */
type Needs<S extends MetricSubject, O> = O extends { readonly job: string } | { readonly provider: string }
  ? never
  : Extract<S, Listed>

/** The type of a metric in JSON. */
export type MetricJson<Id extends MetricId> = ValueOf<(typeof METRICS)[Id]>

type ValueOf<M extends MetricDefinition> =
  | (M['unit'] extends 'instant' ? string : number)
  | (M extends { readonly emptyIs: null } | { readonly statistic: 'sum' } ? null : never)

interface AnyOf {
  readonly window?: string
  readonly job?: string
  readonly provider?: string
}

function windowOf(id: string, { windows }: MetricDefinition, { window }: AnyOf): WindowId | null {
  const known = windows.find((one) => one === window) ?? null
  if (known !== null || (windows.length === 0 && window === undefined)) return known
  const expected = windows.length === 0 ? 'no window: it is read at an instant' : `one of ${windows.join(', ')}`
  return refuseOption({ path: `metricField(${id}).window`, value: window, expected, known: windows })
}

function targetOf(id: string, metric: MetricDefinition, { job, provider }: AnyOf): MetricNode['target'] {
  const target =
    job !== undefined
      ? ({ subject: 'job', name: job } as const)
      : provider !== undefined
        ? ({ subject: 'provider', name: provider } as const)
        : null
  const subjects: readonly MetricSubject[] = target?.subject === 'job' ? ['run', 'job'] : ['call', 'provider']
  if (target === null || subjects.some((subject) => subject === metric.of)) return target
  const expected = `nothing: it is not a metric of a ${target.subject}`
  return refuseOption({ path: `metricField(${id}).${target.subject}`, value: target.name, expected })
}
