import { toIso } from '../clock.ts'
import { MAX_COUNT } from '../limits.ts'
import type { MetricValue } from '../metrics/evaluate.ts'
import { type MetricScope, type Part, scopesOf } from '../metrics/scope.ts'
import { shownValue } from '../metrics/shown-value.ts'
import type { Listed } from '../metrics/subjects.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { declaredBy } from '../reading/snapshot.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'
import { entriesOf, isPlace } from './condition-fields.ts'
import { type FactValue, readFact } from './facts.ts'
import { feedCountFields } from './feed-count-fields.ts'
import { type Fields, isNode, type ListNode, type MetricNode, type OptionalNode, type ViewNode } from './node.ts'

export interface ProjectOptions {
  /** The value of a rate where nothing was counted. */
  readonly emptyRate: null | 0
  /** Where a response has an object for each window, it has these alone (default all). */
  readonly windows?: readonly WindowId[] | undefined
  /** The response has these fields alone, by their names at its top (default all). Its type does not tell. */
  readonly only?: readonly string[] | undefined
}

export type Json = MetricValue | FactValue | readonly Json[] | { readonly [name: string]: Json }

/** Projects an object of a response, from the scope alone. */
export function projectFields(
  fields: Fields,
  scope: MetricScope,
  options: ProjectOptions,
): { readonly [name: string]: Json } {
  const object: Record<string, Json> = {}
  for (const [name, field] of entriesOf(fields, scope.snapshot.snapshot)) {
    if (isLeftOut(name, field, options)) continue
    const value = isNode(field) ? projectNode(field, scope, options) : projectFields(field, scope, options)
    if (value !== undefined) object[name] = value
  }
  return object
}

/** Projects the top of a response. */
export function projectTop(fields: Fields, scope: MetricScope, { only, ...options }: ProjectOptions) {
  if (!only) return projectFields(fields, scope, options)
  // Conditions and attributes have their own names, which only the host knows.
  const kept = Object.entries(fields).filter(([name, field]) => isPlace(field) || only.includes(name))
  return projectFields(Object.fromEntries(kept), scope, options)
}

function isLeftOut(name: string, field: ViewNode | Fields, { windows }: ProjectOptions): boolean {
  if (!windows || isNode(field)) return false
  const window = WINDOWS.find((one) => one === name)
  return window !== undefined && !windows.includes(window)
}

function projectNode(node: ViewNode, scope: MetricScope, options: ProjectOptions): Json | undefined {
  switch (node.kind) {
    case 'metric':
      return projectMetric(node, scope, options)
    case 'fact':
      return readFact(node.fact, scope)
    case 'own':
      return scope.own ? shownValue(scope.own.definition, scope, 'lifetime') : null
    case 'feed-counts':
      return projectFields(feedCountFields(declaredBy(scope.snapshot.snapshot)), scope, options)
    case 'list':
      return projectList(node, scope, options)
    case 'optional':
      return projectOptional(node, scope, options)
    case 'nullable':
      return node.applies(scope) ? projectFields(node.fields, scope, options) : null
  }
}

function projectOptional(
  { applies, node }: OptionalNode,
  scope: MetricScope,
  options: ProjectOptions,
): Json | undefined {
  if (applies === 'known') return projectNode(node, scope, options) ?? undefined
  return applies(scope) ? projectNode(node, scope, options) : undefined
}

function projectMetric(node: MetricNode, scope: MetricScope, { emptyRate }: ProjectOptions): Json {
  const value = shownValue(node.metric, targeted(node, scope), node.window ?? 'lifetime')
  if (typeof value === 'number' && node.metric.unit === 'instant') return toIso(value)
  if (value === null && node.neverNull) return MAX_COUNT
  return value === null && node.metric.kind === 'ratio' ? emptyRate : value
}

function projectList(node: ListNode, scope: MetricScope, options: ProjectOptions): Json {
  const { shape, fields } = node
  const readings = scopesIn(node, scope)
  if (readings === null) return null
  const entries = readings.map(({ name, scope: narrowed }) => [name, projectFields(fields, narrowed, options)] as const)
  return shape === 'list' ? entries.map(([, object]) => object) : Object.fromEntries(entries)
}

function scopesIn<L extends Listed>(
  { of, part }: { readonly of: L; readonly part?: Part<L> | undefined },
  scope: MetricScope,
) {
  return scopesOf(of, scope, part)
}

/** The scope of the job or provider that a binding names. */
function targeted({ target, id }: MetricNode, scope: MetricScope): MetricScope {
  if (target === null) return scope
  const { subject, name } = target
  const readings = scopesOf(subject, scope) ?? []
  const found = readings.find((reading) => reading.name === name)
  if (found) return found.scope
  const names = readings.map((reading) => reading.name)
  const expected = `one of the scheduler's ${subject}s: ${names.join(', ')}`
  return refuseOption({ path: `metricField(${id}).${subject}`, value: name, expected, known: names })
}
