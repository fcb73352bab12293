import { INSTRUMENT_TYPES, type InstrumentFacts, MARKET_STATES, wordOf } from '../quote/instrument-facts.ts'
import type { EventTimePrecision } from '../quote/quote.ts'
import { SEPARATOR } from './read-statements.ts'

/** What a feed has in common with many others. */
export interface FeedFacts {
  /** The currency of its latest price; `null` before the first. */
  readonly currency: string | null
  readonly eventTimePrecision: EventTimePrecision | null
  readonly instrument: InstrumentFacts
  readonly refusedCode: string | null
}

/** Reads a list of `FEED_FACTS`, in which a missing one is empty. */
export function readFeedFacts(list: string): FeedFacts {
  const [currency, precision, type, exchange, timezone, marketState, delayMs, refusedCode] = list
    .split(SEPARATOR)
    .map((fact) => (fact === '' ? null : fact))
  return Object.freeze({
    currency: currency ?? null,
    eventTimePrecision: wordOf(PRECISIONS, precision),
    instrument: instrumentOf({ type, exchange, timezone, marketState, delayMs }),
    refusedCode: refusedCode ?? null,
  })
}

const PRECISIONS: readonly EventTimePrecision[] = ['exact', 'conventional', 'day']

type FactTexts = Readonly<Record<keyof InstrumentFacts, string | null | undefined>>

/** A word that this version does not know is as good as none. */
export function instrumentOf({ type, exchange, timezone, marketState, delayMs }: FactTexts): InstrumentFacts {
  return Object.freeze({
    type: wordOf(INSTRUMENT_TYPES, type),
    exchange: exchange ?? null,
    timezone: timezone ?? null,
    marketState: wordOf(MARKET_STATES, marketState),
    delayMs: delayMs === null || delayMs === undefined ? null : Number(delayMs),
  })
}
