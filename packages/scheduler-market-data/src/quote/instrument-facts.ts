import { type IsZone, isZone } from '../time/zone-names.ts'

export const INSTRUMENT_TYPES = [
  'equity',
  'etf',
  'index',
  'fund',
  'currency',
  'crypto',
  'future',
  'option',
  'other',
] as const

export const MARKET_STATES = ['pre', 'open', 'post', 'closed'] as const

export type InstrumentType = (typeof INSTRUMENT_TYPES)[number]
export type MarketState = (typeof MARKET_STATES)[number]

/** What the provider said of the instrument. Each is `null` when it did not, or said what is none. */
export interface InstrumentFacts {
  readonly type: InstrumentType | null
  /** The provider's own code, such as `LSE` or `NMS`. */
  readonly exchange: string | null
  /** An IANA zone that exists. */
  readonly timezone: string | null
  readonly marketState: MarketState | null
  /** How far the provider's prices are behind the exchange; 0 means real time. */
  readonly delayMs: number | null
}

/** Reads the facts one by one; an invalid one is left out, such as a zone that does not exist. */
export function readInstrumentFacts(value: unknown, exists: IsZone = isZone): InstrumentFacts {
  if (typeof value !== 'object' || value === null) return UNKNOWN
  const facts: Partial<Record<keyof InstrumentFacts, unknown>> = value
  const { exchange, timezone, delayMs } = facts
  return Object.freeze({
    type: wordOf(INSTRUMENT_TYPES, facts.type),
    exchange: typeof exchange === 'string' && EXCHANGE.test(exchange) ? exchange : null,
    timezone: typeof timezone === 'string' && ZONE.test(timezone) && exists(timezone) ? timezone : null,
    marketState: wordOf(MARKET_STATES, facts.marketState),
    delayMs:
      typeof delayMs === 'number' && Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= MAX_DELAY_MS
        ? delayMs
        : null,
  })
}

function wordOf<W extends string>(words: readonly W[], value: unknown): W | null {
  const known: readonly unknown[] = words
  return words[known.indexOf(value)] ?? null
}

const UNKNOWN: InstrumentFacts = Object.freeze({
  type: null,
  exchange: null,
  timezone: null,
  marketState: null,
  delayMs: null,
})

const EXCHANGE = /^[\x21-\x7e]{1,32}$/
/** No zone is longer. A name of any length and signs is not worth asking about, nor remembering. */
const ZONE = /^[A-Za-z][A-Za-z0-9/_+-]{1,63}$/
const MAX_DELAY_MS = 86_400_000
