import {
  createAlphaVantageProvider,
  createSqlQuotaLedger,
  createYahooProvider,
  type QuoteProvider,
} from '@pm/scheduler-market-data'
import { createTypeormSessions } from '@pm/scheduler-typeorm'
import type { DataSource } from 'typeorm'

import { replayFetch } from '../replay/replay-fetch.ts'

export interface ProvidersOptions {
  /** The replay server to ask; `null` for the real providers. */
  readonly replayUrl: string | null
  readonly alphaVantageApiKey: string | null
  /** Keeps the real quota, which all processes share. A replay does not use it. */
  readonly dataSource: DataSource
}

/** The providers, in the order in which they are asked: the same in every process that polls. */
export function createProviders(options: ProvidersOptions): readonly QuoteProvider[] {
  const { replayUrl, dataSource } = options
  const apiKey = options.alphaVantageApiKey ?? undefined
  if (replayUrl !== null) {
    const fetch = replayFetch({ url: replayUrl })
    return [
      createYahooProvider({ fetch, batchSize: BATCH_SIZE, delistedAfterMs: null }),
      createAlphaVantageProvider({ fetch, apiKey, delistedAfterMs: null }),
    ]
  }
  const sessions = createTypeormSessions(dataSource)
  const quotaLedger = createSqlQuotaLedger({
    sessions,
    query: (manager, sql, values) => manager.query(sql, [...values]),
  })
  return [createYahooProvider(), createAlphaVantageProvider({ apiKey, quotaLedger })]
}

/** The replay server is on this machine and has no limit. */
const BATCH_SIZE = 250
