import { money, timesMoney, toMajor, unitOf } from '@pm/scheduler-market-data'

import type { HeldPosition, LatestQuote } from './held-position.ts'
import { type PriceStatuses, STATUS_UNKNOWN } from './price-status.ts'

export interface PositionValue {
  readonly symbol: string
  readonly name: string
  readonly unit: string
  readonly quantity: string
  /** The currency of the value, never a minor unit. */
  readonly currency: string
  /** As it is quoted, in `price_unit`. */
  readonly price: string | null
  /** The unit of the price: `GBp` is pence. It is no ISO code, so it must not be formatted as one. */
  readonly price_unit: string | null
  /** In `currency`. */
  readonly value: string | null
  readonly provider: string | null
  readonly quoted_at: string | null
  readonly quoted_at_precision: LatestQuote['eventTimePrecision'] | null
  /** When the provider last delivered this price. */
  readonly fetched_at: string | null
  /** Age of the price by its own time, not by when it was fetched; never negative. */
  readonly quote_age_seconds: number | null
  /** How fresh the price is, by the same judgement as `GET /freshness`. */
  readonly status: string
  readonly status_reason: string | null
  /** Why there is no value; `null` when there is one. */
  readonly unpriced_reason: UnpricedReason | null
}

export type UnpricedReason =
  | 'no_quote'
  /** The quote is in another currency than the holding. */
  | 'currency_mismatch'
  /** The holding or its quote is in a unit that is none, such as `gbp`. */
  | 'currency_unknown'

export interface ValuePositionContext {
  readonly asOf: Date
  readonly statuses: PriceStatuses | null
}

/** Values one position exactly: its quantity times its latest price, in the major unit of its currency. */
export function valuePosition(position: HeldPosition, { asOf, statuses }: ValuePositionContext): PositionValue {
  const { quote, ...held } = position
  const currency = unitOf(held.currency)?.currency ?? held.currency
  const { status, reason } = statuses?.get(held.symbol) ?? STATUS_UNKNOWN
  const known = { ...held, currency, status, status_reason: reason }
  if (quote === null) return { ...known, ...NO_QUOTE, unpriced_reason: 'no_quote' }
  return { ...known, ...quoted(quote, asOf), ...worthOf(position, quote) }
}

const NO_QUOTE = {
  price: null,
  price_unit: null,
  value: null,
  provider: null,
  quoted_at: null,
  quoted_at_precision: null,
  fetched_at: null,
  quote_age_seconds: null,
} as const

function quoted(quote: LatestQuote, asOf: Date) {
  return {
    price: quote.price,
    price_unit: quote.currency,
    provider: quote.provider,
    quoted_at: quote.eventTime.toISOString(),
    quoted_at_precision: quote.eventTimePrecision,
    fetched_at: quote.fetchedAt.toISOString(),
    quote_age_seconds: Math.max(0, Math.floor((asOf.getTime() - quote.eventTime.getTime()) / 1000)),
  }
}

function worthOf(held: HeldPosition, quote: LatestQuote): Pick<PositionValue, 'value' | 'unpriced_reason'> {
  const [holding, price] = [unitOf(held.currency), unitOf(quote.currency)]
  if (holding === null || price === null) return { value: null, unpriced_reason: 'currency_unknown' }
  if (holding.currency !== price.currency) return { value: null, unpriced_reason: 'currency_mismatch' }
  const value = toMajor(timesMoney(money(quote.price, quote.currency), held.quantity))
  return { value: value.amount, unpriced_reason: null }
}
