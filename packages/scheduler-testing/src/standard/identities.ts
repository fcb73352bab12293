import { MAX_COUNT } from '@pm/scheduler-core/store'
import { METRICS, type MetricId, meanOf, percentOf } from '@pm/scheduler-core/views'

import type { BoundValue } from './bound-values.ts'

/**
 * What is wrong between numbers that stand side by side, by the definitions of the table alone: a sum is the sum of its
 * parts wherever they are shown, and a rate or a mean is what its own sums make it. A sum that is no longer exact stands
 * at 2^53 - 1 in version 1 and is `null` in version 2: it says nothing of the others.
 */
export function brokenIdentities(values: readonly BoundValue[]): readonly string[] {
  const groups = Map.groupBy(values.filter(isNumeric), ({ place, binding }) => `${place} ${binding.window}`)
  return [...groups.values()].flatMap((group) => {
    const sums = sumsOf(group)
    return [...brokenSums(sums), ...group.flatMap((value) => brokenQuotient(value, sums))]
  })
}

/** A number of a response, with the counters that it is the sum of. */
interface Sum {
  readonly path: string
  readonly value: number
  readonly counters: ReadonlySet<string>
}

function isNumeric({ binding, value }: BoundValue): boolean {
  return binding.kind === 'metric' && (typeof value === 'number' || value === null)
}

function sumsOf(group: readonly BoundValue[]): readonly Sum[] {
  return group.flatMap(({ path, binding, value }) => {
    const metric = METRICS[binding.id as MetricId]
    if (metric?.statistic !== 'sum' || typeof value !== 'number') return []
    return [{ path, value, counters: new Set<string>(metric.numerator.map((counter) => `${metric.of} ${counter}`)) }]
  })
}

/** Every sum against every way in which others of the group add up to it. */
function brokenSums(sums: readonly Sum[]): readonly string[] {
  return sums.flatMap((whole) => {
    const parts = sums.filter((part) => part !== whole && part.counters.size < whole.counters.size)
    const inside = parts.filter(({ counters }) => isInside(counters, whole.counters))
    return partitionsOf(whole.counters, inside).flatMap((partition) => {
      const total = Math.min(
        partition.reduce((sum, part) => sum + part.value, 0),
        MAX_COUNT,
      )
      if (total === whole.value) return []
      return [`${whole.path} is ${whole.value}, but ${partition.map(said).join(' and ')} make ${total}`]
    })
  })
}

function partitionsOf(counters: ReadonlySet<string>, parts: readonly Sum[]): readonly (readonly Sum[])[] {
  if (counters.size === 0) return [[]]
  return parts.flatMap((part, at) => {
    if (!isInside(part.counters, counters)) return []
    const rest = partitionsOf(without(counters, part.counters), parts.slice(at + 1))
    return rest.map((others) => [part, ...others])
  })
}

function brokenQuotient({ path, binding, value }: BoundValue, sums: readonly Sum[]): readonly string[] {
  const metric = METRICS[binding.id as MetricId]
  if (metric?.statistic !== 'percent' && metric?.statistic !== 'mean') return []
  const [part, whole] = [metric.numerator, metric.denominator].map((counters) => sumOver(metric.of, counters, sums))
  if (!part || !whole) return []
  const expected = metric.statistic === 'percent' ? percentOf(part.value, whole.value) : meanOf(part.value, whole.value)
  return value === expected ? [] : [`${path} is ${value}, but ${said(part)} and ${said(whole)} make ${expected}`]
}

function sumOver(of: string, counters: readonly string[], sums: readonly Sum[]): Sum | undefined {
  const wanted = new Set(counters.map((counter) => `${of} ${counter}`))
  return sums.find((sum) => sum.counters.size === wanted.size && isInside(sum.counters, wanted))
}

function said({ path, value }: Sum): string {
  return `${path} ${value}`
}

function isInside(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((one) => all.has(one))
}

function without(all: ReadonlySet<string>, some: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...all].filter((one) => !some.has(one)))
}
