import { defineFreshness, type FreshnessOptions, type FreshnessRule } from '../freshness/freshness-rule.ts'
import type { Venue } from './venue.ts'

/** The terms that are the same for all venues. */
export interface VenueFreshnessOptions extends Omit<FreshnessOptions, 'calendar' | 'delayMs' | 'quietAfter'> {
  /** The delay to assume where neither the provider nor the host tells one (default 0). */
  readonly delayMs?: number
  /** How late an update may be beside the delay of its venue (default half of `every`, or 15 minutes). */
  readonly graceMs?: number
  /** For markets that move all the time: indexes, currencies, crypto and futures (default 4). */
  readonly quietAfter?: number | null
}

/**
 * Makes the rule of a venue: its calendar, with its delay. A fund has one price a day, whatever `every` says, and a day to
 * publish it. Rules are made once per kind of venue. Throws `INVALID_OPTIONS` at the first venue.
 */
export function venueFreshness(options: VenueFreshnessOptions): (venue: Venue) => FreshnessRule {
  const rules = new Map<string, FreshnessRule>()
  return (venue) => {
    const key = JSON.stringify([venue.exchange, venue.calendar?.name, venue.type, venue.delayMs])
    const rule = rules.get(key) ?? ruleOf(venue, options)
    rules.set(key, rule)
    return rule
  }
}

/** The precision of an event time: the time of a fund's price is a convention, even if a provider writes seconds. */
export function precisionAt<P extends string>({ type }: Pick<Venue, 'type'>, said: P): P | 'conventional' {
  return type === 'fund' && said === 'exact' ? 'conventional' : said
}

function ruleOf(venue: Venue, options: VenueFreshnessOptions): FreshnessRule {
  const { delayMs: usual = 0, quietAfter = 4, graceMs, every, ...terms } = options
  const { calendar } = venue
  const delayMs = venue.delayMs ?? usual
  if (venue.type === 'fund')
    return defineFreshness({ ...terms, calendar, every: 'trading-day', graceMs: DAY_MS, delayMs })
  return defineFreshness({
    ...terms,
    calendar,
    every,
    delayMs,
    ...(graceMs !== undefined && { graceMs: delayMs + graceMs }),
    quietAfter: MOVING.has(venue.type) ? quietAfter : null,
  })
}

/** Funds are priced after the close, and published until the next morning or later. */
const DAY_MS = 86_400_000

const MOVING: ReadonlySet<Venue['type']> = new Set(['index', 'currency', 'crypto', 'future'])
