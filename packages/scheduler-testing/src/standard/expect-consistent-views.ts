import { MAX_COUNT } from '@pm/scheduler-core/store'

import { boundValues } from './bound-values.ts'
import { type StandardView, viewOf } from './views.ts'

/** A response, and the view that it claims to be. */
export interface ViewedResponse {
  readonly view: StandardView
  readonly response: unknown
}

export interface ConsistencyOptions {
  /** Metrics that may differ, such as `uptime_seconds` between two answers of different moments (default none). */
  readonly except?: readonly string[]
}

/**
 * Throws unless two responses say the same wherever they speak of the same metric, over the same window and of the same
 * job or provider. Two that have nothing in common are refused as well: that comparison could not fail.
 */
export function expectConsistentViews(a: ViewedResponse, b: ViewedResponse, options: ConsistencyOptions = {}): void {
  const findings = findDisagreements(a, b, options)
  if (findings.length === 0) return
  throw new Error(`${viewOf(a.view).name} and ${viewOf(b.view).name} disagree:\n- ${findings.join('\n- ')}`)
}

/** Where two responses disagree, in words; empty when they are consistent. */
export function findDisagreements(
  a: ViewedResponse,
  b: ViewedResponse,
  { except = [] }: ConsistencyOptions = {},
): readonly string[] {
  const [first, second] = [tellings(a), tellings(b)]
  const common = [...first].filter(([key, { id }]) => second.has(key) && !except.includes(id))
  if (common.length === 0) return ['They have no metric in common']
  return common.flatMap(([key, { path, value }]) => {
    const other = second.get(key)
    return isSame(value, other?.value) ? [] : [`${path} is ${value}, ${other?.path} is ${other?.value}`]
  })
}

/** A sum that is no longer exact is `null`, or 2^53 - 1 where the view has no `null` for it. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return [a, b].includes(null) && [a, b].includes(MAX_COUNT)
}

interface Telling {
  readonly id: string
  readonly path: string
  readonly value: unknown
}

/** What a response says, by the metric, its window and what it is said of. */
function tellings({ view, response }: ViewedResponse): ReadonlyMap<string, Telling> {
  const values = boundValues(response, viewOf(view))
  const names = new Map(
    values.flatMap(({ binding, path, value }) => {
      const entry = entryOf(path)
      return binding.kind === 'fact' && binding.id.endsWith('_name') && entry !== ''
        ? [[entry, JSON.stringify(value)]]
        : []
    }),
  )
  return new Map(
    values
      .filter(({ binding }) => binding.kind === 'metric')
      .map(({ binding, path, name, value }) => {
        const whose = names.get(entryOf(path)) ?? JSON.stringify(name)
        return [`${binding.id} ${binding.window} ${whose}`, { id: binding.id, path, value }]
      }),
  )
}

/** The entry of a list that a path leads into, such as `jobs[0]`; empty when it leads into none. */
function entryOf(path: string): string {
  return /^.*\]/.exec(path)?.[0] ?? ''
}
