import type { EpochMs } from '@pm/scheduler-core'

import type { InstrumentFacts } from './instrument-facts.ts'

/**
 * A price as a provider quoted it, checked field by field. Only `checkQuote` makes one. Decimals are strings in plain
 * notation without trailing zeros, exactly as quoted: `1e-7` is `0.0000001`, and 123456789.123456789 keeps its digits.
 */
export interface Quote {
  /** The symbol in the host's spelling. */
  readonly symbol: string
  /** In `currency`; not 0, and negative only for an instrument whose price may be, such as a future. */
  readonly price: string
  /** Three letters as the provider writes them. Minor units keep their spelling: `GBp` is pence. See `Money`. */
  readonly currency: string
  /** When the price was made, by the provider's own time; never the time of the fetch. */
  readonly eventTime: EpochMs
  readonly eventTimePrecision: EventTimePrecision
  readonly fetchedAt: EpochMs
  readonly provider: string
  /** The name of the instrument, at most 120 characters; `null` when the provider sends none that can be read. */
  readonly name: string | null
  /** The close of the trading day before; `null` when it is unknown. */
  readonly previousClose: string | null
  /** The units traded so far today, a whole number of any size; `null` when it is unknown. */
  readonly volume: string | null
  readonly instrument: InstrumentFacts
  /** The latest price outside the regular session; `null` when the provider sends none. */
  readonly extended: ExtendedPrice | null
}

/** A price before or after the regular session, in the currency of its quote. */
export interface ExtendedPrice {
  readonly session: 'pre' | 'post'
  readonly price: string
  readonly eventTime: EpochMs
}

/**
 * - `exact`: the instant of the price.
 * - `conventional`: an instant by convention, such as that of a fund's price of the day.
 * - `day`: the provider names a trading day alone; `eventTime` is then derived from its session.
 */
export type EventTimePrecision = 'exact' | 'conventional' | 'day'
