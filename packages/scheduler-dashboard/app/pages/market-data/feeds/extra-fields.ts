import { toMs } from '../../../format/instants.ts'
import type { Feed } from '../feed.ts'

/** The fields that the page has a column of its own for, or does not show in one. */
const KNOWN: readonly string[] = [
  'provider',
  'feed',
  'status',
  'event_time',
  'fetched_at',
  'changed_at',
  'expected_by',
  'age_seconds',
  'attainment_pct',
] satisfies readonly (keyof Feed)[]

/** Further fields of the API, such as a price: each becomes a column as soon as a feed has it. */
export function extraFieldsOf(feeds: readonly Feed[]): readonly string[] {
  const names = new Set(feeds.flatMap((feed) => Object.keys(feed)))
  return [...names].filter((name) => !KNOWN.includes(name))
}

export type ExtraValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'instant'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }

const INSTANT = /^\d{4}-\d\d-\d\dT/

export function extraValueOf(feed: Feed, name: string): ExtraValue {
  const value: unknown = Object.entries(feed).find(([key]) => key === name)?.[1]
  if (value === null || value === undefined) return { kind: 'none' }
  if (typeof value === 'number') return { kind: 'number', value }
  if (typeof value !== 'string') return { kind: 'text', value: JSON.stringify(value) }
  return INSTANT.test(value) && toMs(value) !== null ? { kind: 'instant', value } : { kind: 'text', value }
}
