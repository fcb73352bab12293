import type { SessionProvider } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import type { RatesSource } from '../rates/rates-source.ts'
import type { HeldPosition } from './held-position.ts'
import type { PriceStatusSource } from './price-status.ts'
import { readPositions } from './read-positions.ts'
import type { MarketDataKind } from './stored-quote.ts'
import { type PortfolioValue, valuePortfolio } from './value-portfolio.ts'

/** Values the portfolio: for its route and for the job that recalculates it, so that both say the same. */
export interface Valuation {
  readonly marketData: MarketDataKind
  /** Reads the positions in a session of its own, and values them. */
  now(): Promise<PortfolioValue>
  /** Values positions that were read already. */
  value(held: readonly HeldPosition[]): Promise<PortfolioValue>
}

export interface ValuationOptions {
  readonly sessions: SessionProvider<EntityManager>
  readonly marketData: MarketDataKind
  readonly baseCurrency: string | null
  readonly rates: RatesSource
  readonly statuses: PriceStatusSource
}

export function createValuation(options: ValuationOptions): Valuation {
  const { sessions, marketData, baseCurrency, rates, statuses } = options

  async function value(held: readonly HeldPosition[]): Promise<PortfolioValue> {
    const [known, judged] = await Promise.all([rates.read(), statuses.read()])
    return valuePortfolio(held, { asOf: new Date(), marketData, baseCurrency, rates: known, statuses: judged })
  }

  return {
    marketData,
    value,
    async now() {
      const unit = { unit: 'portfolio', readOnly: true } as const
      return value(await sessions.withSession((session) => readPositions(session, marketData), unit))
    },
  }
}
