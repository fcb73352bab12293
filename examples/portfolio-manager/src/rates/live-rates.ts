import { type Clock, type Logger, systemClock } from '@pm/scheduler-core'
import {
  createReferenceRates,
  joinRates,
  type RatesProvider,
  type RateTable,
  type ReferenceRates,
} from '@pm/scheduler-market-data'

import type { RatesSource } from './rates-source.ts'

export interface LiveRatesOptions {
  readonly provider: RatesProvider
  readonly logger: Logger
  readonly clock?: Clock
}

/**
 * The rates that a provider publishes. Asked for at the first reading and every six hours after it; after a failure the
 * known ones stay, and it is asked again after five minutes. A reading never waits for the provider.
 */
export function liveRates({ provider, logger, clock = systemClock }: LiveRatesOptions): RatesSource {
  const closing = new AbortController()
  let table: RateTable | null = null
  let rates: ReferenceRates | null = null
  let nextAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | null = null

  async function ask(): Promise<void> {
    const result = await provider.fetchRates({ signal: closing.signal })
    if (result.kind === 'rates') {
      table = table === null ? result.table : joinRates(table, result.table)
      rates = createReferenceRates({ table, clock })
      nextAt = clock.monotonic() + EVERY_MS
      return
    }
    nextAt = clock.monotonic() + AFTER_FAILURE_MS
    if (!closing.signal.aborted) {
      logger.warn({ provider: provider.name, code: result.refusal.code }, 'the reference rates did not come')
    }
  }

  return {
    async read() {
      if (asking === null && clock.monotonic() >= nextAt && !closing.signal.aborted) {
        asking = ask().finally(() => {
          asking = null
        })
      }
      return rates
    },
    async close() {
      closing.abort()
      await asking
    },
  }
}

const EVERY_MS = 6 * 3_600_000
const AFTER_FAILURE_MS = 5 * 60_000
