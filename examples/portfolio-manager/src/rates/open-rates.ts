import type { Logger } from '@pm/scheduler-core'
import { createEcbProvider } from '@pm/scheduler-market-data'

import type { MarketDataKind } from '../portfolio/stored-quote.ts'
import { liveRates } from './live-rates.ts'
import type { RatesSource } from './rates-source.ts'
import { recordedRates } from './recorded-rates.ts'

/** The ECB's reference rates: with live prices those of today, with replayed ones those of a recorded file. */
export async function openRates(marketData: MarketDataKind, logger: Logger): Promise<RatesSource> {
  return marketData === 'live'
    ? liveRates({ provider: createEcbProvider(), logger })
    : recordedRates(new URL('../../data/eurofxref-hist.csv', import.meta.url))
}
