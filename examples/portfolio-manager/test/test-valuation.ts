import { createValuation, type Valuation, type ValuationOptions } from '../src/portfolio/create-valuation.ts'
import { NO_RATES } from '../src/rates/rates-source.ts'

/** A valuation of replayed prices in dollars, by default without rates and statuses. */
export function testValuation(options: Pick<ValuationOptions, 'sessions'> & Partial<ValuationOptions>): Valuation {
  const statuses = { read: async () => null }
  return createValuation({ marketData: 'replay', baseCurrency: 'USD', rates: NO_RATES, statuses, ...options })
}
