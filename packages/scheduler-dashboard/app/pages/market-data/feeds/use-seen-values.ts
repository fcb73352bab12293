import { useRef } from 'preact/hooks'

import { type Feed, fieldOf } from '../feed.ts'
import { TOLD, type Told } from './to-filters.ts'

/** The values by which feeds can be filtered, as far as rows with them were read: a filter takes no choice away. */
export function useSeenValues(scheduler: string, rows: readonly Feed[]): Readonly<Record<Told, readonly string[]>> {
  const seen = useRef({ scheduler, values: nothing() })
  if (seen.current.scheduler !== scheduler) seen.current = { scheduler, values: nothing() }
  const { values } = seen.current
  for (const name of TOLD) for (const row of rows) take(values[name], fieldOf(row, name))
  return { reason: sorted(values.reason), venue: sorted(values.venue), unit: sorted(values.unit) }
}

function nothing(): Record<Told, Set<string>> {
  return { reason: new Set(), venue: new Set(), unit: new Set() }
}

function take(values: Set<string>, value: unknown): void {
  if (typeof value === 'string') values.add(value)
}

function sorted(values: ReadonlySet<string>): readonly string[] {
  return [...values].toSorted()
}
