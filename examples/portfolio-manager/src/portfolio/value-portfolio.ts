import type { ReferenceRates } from '@pm/scheduler-market-data'

import type { HeldPosition } from './held-position.ts'
import type { PriceStatuses } from './price-status.ts'
import type { MarketDataKind } from './stored-quote.ts'
import { type CurrencyTotal, type PortfolioTotal, totalByCurrency, totalPortfolio } from './total-portfolio.ts'
import { type PositionValue, valuePosition } from './value-position.ts'

export interface PortfolioValue {
  readonly as_of: string
  readonly positions: readonly PositionValue[]
  /** One total per currency, without conversion. */
  readonly totals: readonly CurrencyTotal[]
  readonly total: PortfolioTotal
}

export interface ValuationContext {
  readonly asOf: Date
  /** Replayed prices are of the past: they are converted by the rates of the newest of them, live ones by today's. */
  readonly marketData: MarketDataKind
  /** The currency of the total; without it the totals of several currencies stay apart. */
  readonly baseCurrency: string | null
  /** `null` when no rates are known: totals in several currencies then stay apart. */
  readonly rates: ReferenceRates | null
  /** `null` when the statuses cannot be read: each is unknown then. */
  readonly statuses: PriceStatuses | null
}

/**
 * Values the positions at `asOf`. Exact: values are unrounded products and sums of the decimals, and only a conversion
 * rounds, at the scale of the rates. A position without a quote has the value `null`, not 0. Prices may be negative.
 */
export function valuePortfolio(held: readonly HeldPosition[], context: ValuationContext): PortfolioValue {
  const { asOf, marketData, baseCurrency, rates } = context
  const positions = held.map((position) => valuePosition(position, context))
  const totals = totalByCurrency(positions)
  const ratesAt = marketData === 'live' ? asOf : (newestPrice(held) ?? asOf)
  return {
    as_of: asOf.toISOString(),
    positions,
    totals,
    total: totalPortfolio(positions, totals, { baseCurrency, rates, ratesAt }),
  }
}

function newestPrice(held: readonly HeldPosition[]): Date | null {
  const times = held.flatMap(({ quote }) => quote?.eventTime.getTime() ?? [])
  return times.length === 0 ? null : new Date(Math.max(...times))
}
