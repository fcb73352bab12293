import Big from 'big.js'

/** A position of the portfolio. Quantities and prices are decimal strings, as in the database. */
export interface HeldPosition {
  readonly symbol: string
  readonly name: string
  /** The unit of the quantity, such as `shares`. */
  readonly unit: string
  readonly quantity: string
  readonly currency: string
  /** The latest quote; `null` when there is none yet. */
  readonly quote: LatestQuote | null
}

export interface LatestQuote {
  readonly price: string
  readonly currency: string
  readonly provider: string
  /** The provider's own time of the price. */
  readonly eventTime: Date
  readonly fetchedAt: Date
}

export interface PortfolioValue {
  readonly as_of: string
  readonly positions: readonly PositionValue[]
  /** One total per currency, without conversion. */
  readonly totals: readonly CurrencyTotal[]
}

export interface PositionValue {
  readonly symbol: string
  readonly name: string
  readonly unit: string
  readonly quantity: string
  readonly currency: string
  readonly price: string | null
  readonly value: string | null
  readonly provider: string | null
  readonly quoted_at: string | null
  readonly fetched_at: string | null
  /** Age of the price by its own time, not by when it was fetched; never negative. */
  readonly quote_age_seconds: number | null
  /** Why there is no value; `null` when there is one. */
  readonly unpriced_reason: 'no_quote' | 'currency_mismatch' | null
}

export interface CurrencyTotal {
  readonly currency: string
  /** `null` unless every position in this currency has a value: a part of the sum is not the sum. */
  readonly value: string | null
  readonly positions: number
  readonly unpriced: number
}

/**
 * Values the positions at `asOf`. Exact: values are unrounded products and sums of the decimals. A position without a
 * quote has the value `null`, not 0. Prices may be negative.
 */
export function valuePortfolio(held: readonly HeldPosition[], asOf: Date): PortfolioValue {
  const positions = held.map((position) => valuePosition(position, asOf))
  const currencies = [...new Set(positions.map(({ currency }) => currency))].sort()
  return {
    as_of: asOf.toISOString(),
    positions,
    totals: currencies.map((currency) =>
      total(
        currency,
        positions.filter((position) => position.currency === currency),
      ),
    ),
  }
}

function valuePosition({ quote, ...held }: HeldPosition, asOf: Date): PositionValue {
  const position = { ...held, quantity: decimal(held.quantity) }
  if (quote === null) return { ...position, ...NOTHING, unpriced_reason: 'no_quote' }
  if (quote.currency !== held.currency) return { ...position, ...NOTHING, unpriced_reason: 'currency_mismatch' }
  return {
    ...position,
    price: decimal(quote.price),
    value: new Big(quote.price).times(held.quantity).toFixed(),
    provider: quote.provider,
    quoted_at: quote.eventTime.toISOString(),
    fetched_at: quote.fetchedAt.toISOString(),
    quote_age_seconds: Math.max(0, Math.floor((asOf.getTime() - quote.eventTime.getTime()) / 1000)),
    unpriced_reason: null,
  }
}

const NOTHING = {
  price: null,
  value: null,
  provider: null,
  quoted_at: null,
  fetched_at: null,
  quote_age_seconds: null,
} as const

function total(currency: string, positions: readonly PositionValue[]): CurrencyTotal {
  const values = positions.flatMap(({ value }) => (value === null ? [] : [value]))
  const unpriced = positions.length - values.length
  const sum = values.reduce((acc, value) => acc.plus(value), new Big(0))
  return { currency, value: unpriced === 0 ? sum.toFixed() : null, positions: positions.length, unpriced }
}

/** The shortest form of a decimal: PostgreSQL keeps trailing zeros. */
function decimal(text: string): string {
  return new Big(text).toFixed()
}
