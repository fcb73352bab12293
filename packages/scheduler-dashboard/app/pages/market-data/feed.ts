import type { FreshnessView, MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { toMs } from '../../format/instants.ts'
import { strings } from '../../strings/index.ts'

/** One feed, as the API tells it: the list of all has more of it than a status, such as the tries in vain. */
export type Feed = NonNullable<MarketDataStatusV2['feeds_attention']['items']>[number] & {
  readonly attempts?: ListedFeed['attempts'] | undefined
}
type ListedFeed = NonNullable<FreshnessView['items']>[number]
export type Provider = MarketDataStatusV2['providers']['items'][number]
export type WindowId = keyof MarketDataStatusV2['windows']

/** In the order of the page: the latest first. */
export const WINDOWS: readonly WindowId[] = ['last_hour', 'recent', 'lifetime']

/** The grades that mean that something is wrong. Every other word is calm. */
export const LATE_GRADES: readonly string[] = ['stale', 'expired']
export const ATTENTION_GRADES: readonly string[] = [...LATE_GRADES, 'unknown']

export function keyOfFeed({ provider, feed }: Pick<Feed, 'provider' | 'feed'>): string {
  return JSON.stringify([provider, feed])
}

/** How long ago the next data were due at the latest; `null` when nothing was due or is not due yet. */
export function latenessOf({ expected_by }: Pick<Feed, 'expected_by'>, nowMs: number): number | null {
  const expectedMs = toMs(expected_by)
  return expectedMs === null || expectedMs >= nowMs ? null : nowMs - expectedMs
}

/** A status as a reader says it: of a feed that never delivered there are no data, which is not the same as unknown. */
export function wordOfFeed({ status, event_time }: Pick<Feed, 'status' | 'event_time'>): string {
  if (status === 'unknown' && event_time === null) return strings.marketData.feeds.noData
  return wordOfStatus(status)
}

export function wordOfStatus(status: string): string {
  const known: Readonly<Record<string, string>> = strings.marketData.feeds.statuses
  return known[status] ?? status.replaceAll('_', ' ')
}

/** A field that the host may tell beside those of the contract; `undefined` where it does not. */
export function fieldOf(given: unknown, name: string): unknown {
  return typeof given === 'object' && given !== null && Object.hasOwn(given, name)
    ? Reflect.get(given, name)
    : undefined
}

export interface CircuitFacts {
  readonly circuit: string | null
  /** The code of what opened it; `null` while it is closed, or where the host does not tell. */
  readonly circuit_reason: string | null
  readonly circuit_until: string | null
}

/** The circuit of a provider, where its host declares one. */
export function circuitOf(provider: Provider): CircuitFacts {
  const textOf = (name: keyof CircuitFacts) => {
    const value = provider[name]
    return typeof value === 'string' ? value : null
  }
  return {
    circuit: textOf('circuit'),
    circuit_reason: textOf('circuit_reason'),
    circuit_until: textOf('circuit_until'),
  }
}

/** What a provider did by the code of its refusal; `null` for a code of no sentence. */
export function sentenceOfCode(code: string): string | null {
  const known: Readonly<Record<string, string>> = strings.marketData.explain.codes
  return Object.hasOwn(known, code) ? (known[code] ?? null) : null
}
