import type { SnapshotReading } from '@pm/scheduler-core'
import { type MetricId, metricNamed } from '@pm/scheduler-core/views'

import { type BoundValue, boundValues } from './bound-values.ts'
import { brokenIdentities } from './identities.ts'
import { strayNumbers } from './stray-numbers.ts'
import { type StandardView, viewOf } from './views.ts'

export interface StandardOptions {
  /**
   * Numbers that must come out, by the ids of their metrics, such as a trace's golden ones. Those that the view shows of
   * everything together are compared; the view must show at least one (default none).
   */
  readonly golden?: Readonly<Partial<Record<MetricId, number | null>>>
  /** The snapshot that the response was made of: every field must be what the view makes of it (default not compared). */
  readonly reading?: SnapshotReading
}

/**
 * Throws unless a response, whoever made it, is a standard one: it has the fields of the view in their formats, no number
 * beside them, and numbers that agree with each other by the definitions of the table. The message lists everything
 * that is wrong.
 */
export function expectStandardMetrics(response: unknown, view: StandardView, options: StandardOptions = {}): void {
  const findings = findDeviations(response, view, options)
  if (findings.length > 0) throw new Error(`${viewOf(view).name} is not standard:\n- ${findings.join('\n- ')}`)
}

/** What is wrong with a response, in words; empty when it is standard. */
export function findDeviations(
  response: unknown,
  view: StandardView,
  { golden, reading }: StandardOptions = {},
): readonly string[] {
  const { schema, project } = viewOf(view)
  const parsed = schema.safeParse(response)
  const shape = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const values = boundValues(response, viewOf(view))
  return [
    ...shape,
    ...strayNumbers(response, values),
    ...brokenIdentities(values),
    ...(golden ? offGolden(values, golden) : []),
    ...(reading ? offSnapshot(values, boundValues(project(reading), viewOf(view))) : []),
  ]
}

function offGolden(values: readonly BoundValue[], golden: Readonly<Record<string, number | null>>): readonly string[] {
  const told = values.filter(
    ({ binding, path }) => Object.hasOwn(golden, binding.id) && !isOneOfMany(binding.path, path),
  )
  if (told.length === 0) return [`It shows none of ${Object.keys(golden).join(', ')}`]
  return told.flatMap(({ path, binding, value }) => {
    const expected = golden[binding.id]
    return value === expected ? [] : [`${path} is ${value} instead of ${expected}: ${metricNamed(binding.id)?.help}`]
  })
}

function isOneOfMany(pattern: string, path: string): boolean {
  return pattern !== path
}

function offSnapshot(values: readonly BoundValue[], expected: readonly BoundValue[]): readonly string[] {
  const told = new Map(values.map(({ path, value }) => [path, value]))
  return expected.flatMap(({ path, value }) => {
    const actual = told.get(path)
    if (Object.is(actual, value) || JSON.stringify(actual) === JSON.stringify(value)) return []
    return [`${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(value)}`]
  })
}
