import { fileURLToPath } from 'node:url'

import type { DataSource } from 'typeorm'

import { isMade } from '../replay/made-series.ts'
import { startReplayServer } from '../replay/start-replay-server.ts'
import type { Market } from './market.ts'
import { createProviders } from './providers.ts'

/**
 * Replays past prices from a server in this process that imitates Yahoo and Alpha Vantage, so that the providers' real
 * code runs. Each symbol continues after its latest stored day, so that a restart repeats nothing.
 */
export async function openReplay(options: OpenReplayOptions): Promise<Market> {
  const { alphaVantageApiKey, dataSource, madeSymbols } = options
  const server = await startReplayServer({ csvPaths: CSV_PATHS, after: await latestDays(dataSource), madeSymbols })
  return {
    kind: 'replay',
    providers: createProviders({ replayUrl: server.url, alphaVantageApiKey, dataSource }),
    replayUrl: server.url,
    defaultIntervalSeconds: 15,
    note: madeSymbols === 0 ? NOTE : [...NOTE, `${madeSymbols} more symbols and their prices are made from these.`],
    symbols: server.symbols,
    made: server.symbols.filter(isMade),
    close: () => server.close(),
  }
}

export interface OpenReplayOptions {
  readonly alphaVantageApiKey: string | null
  readonly dataSource: DataSource
  /** How many symbols to make from the recorded ones. */
  readonly madeSymbols: number
}

const CSV_PATHS = ['daily.csv', 'made.csv'].map((name) => fileURLToPath(new URL(`../../data/${name}`, import.meta.url)))

const NOTE = [
  'Real daily prices of the past (AAPL 2015 to 2018, the others 2023 to 2026), one trading day per poll.',
  'Oil and gas are EIA spot prices, not the futures that these symbols stand for.',
  'The prices of VOD.L are made, not real; the ECB’s reference rates are real.',
] as const

/** The latest stored day of each symbol, in the time zone of New York. */
async function latestDays(dataSource: DataSource): Promise<Readonly<Record<string, string>>> {
  const rows = await dataSource.query<{ symbol: string; day: string }[]>(`
    SELECT symbol, to_char(max(event_time) AT TIME ZONE 'America/New_York', 'YYYY-MM-DD') AS day
      FROM quotes
     WHERE market_data = 'replay'
     GROUP BY symbol`)
  return Object.fromEntries(rows.map(({ symbol, day }) => [symbol, day]))
}
