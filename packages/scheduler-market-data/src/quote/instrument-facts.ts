import * as z from 'zod'

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
  /** In the form of an IANA zone. Whether the zone exists is checked where it is used. */
  readonly timezone: string | null
  readonly marketState: MarketState | null
  /** How far the provider's prices are behind the exchange; 0 means real time. */
  readonly delayMs: number | null
}

/** Reads the facts one by one; an invalid one is left out. */
export function readInstrumentFacts(value: unknown): InstrumentFacts {
  return Object.freeze(FACTS.parse(value))
}

const MAX_DELAY_MS = 86_400_000

const UNKNOWN: InstrumentFacts = { type: null, exchange: null, timezone: null, marketState: null, delayMs: null }

const FACTS = z
  .object({
    type: z.enum(INSTRUMENT_TYPES).nullable().catch(null),
    exchange: z
      .string()
      .regex(/^[\x21-\x7e]{1,32}$/)
      .nullable()
      .catch(null),
    timezone: z
      .string()
      .max(64)
      .regex(/^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$/)
      .nullable()
      .catch(null),
    marketState: z.enum(MARKET_STATES).nullable().catch(null),
    delayMs: z.int().min(0).max(MAX_DELAY_MS).nullable().catch(null),
  })
  .catch(UNKNOWN)
