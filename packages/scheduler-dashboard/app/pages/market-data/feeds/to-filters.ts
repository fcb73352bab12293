import type { FreshnessQueryParams, MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import type { QueryValues } from '../../../data/query-fields.ts'
import type { StateName } from '../../../ui/icons.tsx'
import { stateOfFeed } from '../../../ui/state-of.ts'
import { type Feed, wordOfStatus } from '../feed.ts'
import type { QUERY } from '../query.ts'

export type Filters = Pick<QueryValues<typeof QUERY>, 'q' | 'status' | 'provider' | 'order' | Told>

/** Filters by what the host tells of a feed. */
export const TOLD = ['reason', 'venue', 'unit'] as const
export type Told = (typeof TOLD)[number]

/** A status that feeds may have, as a filter with its count. */
export interface StatusChip {
  readonly status: string
  readonly word: string
  readonly state: StateName
  readonly count: number | null
  readonly isChosen: boolean
}

/** The worst first; what the host declares for itself stands before what is fresh. */
const ORDER: readonly string[] = ['expired', 'stale', 'unknown']

/** The statuses that the host's feeds may have: its own words too. */
export function chipsOf(
  counts: MarketDataStatusV2['feeds_by_status'],
  chosen: readonly string[],
): readonly StatusChip[] {
  return Object.entries(counts)
    .filter(([status]) => status !== 'total')
    .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
    .map(([status, count]) => ({
      status,
      word: wordOfStatus(status),
      state: stateOfFeed(status),
      count,
      isChosen: chosen.includes(status),
    }))
}

/** The worst first: the statuses in their order, and those of one status as the API has them, the latest first. */
export function worstFirst<F extends Pick<Feed, 'status'>>(feeds: readonly F[]): readonly F[] {
  return feeds.toSorted((a, b) => rankInGrid(a.status) - rankInGrid(b.status))
}

/** What is fresh has data to look at; of what is closed nothing is due. */
function rankInGrid(status: string): number {
  const at = ORDER.indexOf(status)
  if (at !== -1) return at
  return status === 'fresh' ? ORDER.length : ORDER.length + 1
}

function rankOf(status: string): number {
  const at = ORDER.indexOf(status)
  if (at !== -1) return at
  return status === 'fresh' ? ORDER.length + 1 : ORDER.length
}

/** The statuses of the address that this host has; the API refuses any other. */
export function statusesOf(given: string, counts: MarketDataStatusV2['feeds_by_status']): readonly string[] {
  const words = given.split(',')
  return Object.keys(counts).filter((status) => status !== 'total' && words.includes(status))
}

export function toggled(chosen: readonly string[], status: string): string {
  return (chosen.includes(status) ? chosen.filter((one) => one !== status) : [...chosen, status]).join(',')
}

/** The query of the API. */
export function queryOf({ q, provider, order, ...told }: Filters, statuses: readonly string[]): FreshnessQueryParams {
  return {
    order,
    ...(q !== '' && { search: q }),
    ...(provider !== '' && { provider }),
    ...(statuses.length > 0 && { status: statuses.join(',') }),
    ...Object.fromEntries(TOLD.flatMap((name) => (told[name] === '' ? [] : [[name, told[name]]]))),
  }
}

export function isFiltered({ q, provider, ...told }: Filters, statuses: readonly string[]): boolean {
  return q !== '' || provider !== '' || statuses.length > 0 || TOLD.some((name) => told[name] !== '')
}
