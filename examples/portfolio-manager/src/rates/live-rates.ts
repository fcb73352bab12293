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
 * The rates that a provider publishes. Asked for at the first reading, and then after each publication of its calendar;
 * while these are late, and after a failure, every five minutes, and the known ones stay. A reading never waits for the
 * provider.
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
      nextAt = clock.monotonic() + waitMs(rates)
      return
    }
    nextAt = clock.monotonic() + RETRY_MS
    if (!closing.signal.aborted) {
      logger.warn({ provider: provider.name, code: result.refusal.code }, 'the reference rates did not come')
    }
  }

  /** Until the next publication, or shortly when the last one is not there yet. */
  function waitMs({ to }: ReferenceRates): number {
    const now = clock.now()
    const published = provider.calendar.lastSession(now)
    if (published !== null && to < published.day) return RETRY_MS
    const [next] = provider.calendar.sessionsFrom(now)
    return (next?.closesAt ?? now) - now + RETRY_MS
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

const RETRY_MS = 5 * 60_000
