import type { EventTimePrecision } from '@pm/scheduler-market-data'

/** A position of the portfolio. Quantities and prices are decimal strings, as in the database. */
export interface HeldPosition {
  readonly symbol: string
  readonly name: string
  /** The unit of the quantity, such as `shares`. */
  readonly unit: string
  readonly quantity: string
  /** The currency of its value, such as `GBP`. */
  readonly currency: string
  /** The latest quote; `null` when there is none yet. */
  readonly quote: LatestQuote | null
}

export interface LatestQuote {
  readonly price: string
  /** The unit of the price, as the provider writes it: `GBp` is pence. */
  readonly currency: string
  readonly provider: string
  /** The provider's own time of the price. */
  readonly eventTime: Date
  readonly eventTimePrecision: EventTimePrecision
  /** When its provider last delivered this price, and not when it did first. */
  readonly fetchedAt: Date
}
