import { type Clock, systemClock } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { refusalOfStatus } from '../http/refusal-of-status.ts'
import { type Fetch, sendRequest } from '../http/send-request.ts'
import { wholeNumber } from '../options/check-option.ts'
import { type FetchRefusal, failed } from '../quote/quote-result.ts'
import { parseEcbRates } from './parse-ecb-rates.ts'
import type { RateTable } from './rate-table.ts'

/** A source of reference rates. */
export interface RatesProvider {
  /** The name in results and logs. */
  readonly name: string
  /** The days on which it publishes: a session closes when the rates of its day are there. */
  readonly calendar: TradingCalendar
  /** Fetches what is published now. Never rejects. Aborting the signal ends the wait at once, with `ABORTED`. */
  fetchRates(options: { readonly signal: AbortSignal }): Promise<RatesResult>
}

export type RatesResult =
  | { readonly kind: 'rates'; readonly table: RateTable }
  | { readonly kind: 'refused'; readonly refusal: FetchRefusal }

export interface EcbProviderOptions {
  /**
   * The file (default that of the last 90 days). The files of one day and of the whole history are read as well; to read
   * the 8 MB of the history holds the event loop for about half a second.
   */
  readonly url?: string
  /** Sends the request (default the runtime's own `fetch`). */
  readonly fetch?: Fetch
  /** The time of the answer, and of its limits (default the host's clock). */
  readonly clock?: Clock
  /** The time limit of a request (default 10,000). */
  readonly timeoutMs?: number
  /** The longest answer (default 16 MiB; the whole history has 8). */
  readonly maxBytes?: number
}

/**
 * The reference rates of the European Central Bank, named `ecb`. They are published around 16:00 CET on every TARGET
 * day, so that asking once after each close of its `calendar` is enough. Throws `INVALID_OPTIONS`.
 */
export function createEcbProvider(options: EcbProviderOptions = {}): RatesProvider {
  const { url = LAST_90_DAYS, fetch = globalThis.fetch, clock = systemClock } = options
  const { timeoutMs = 10_000, maxBytes = 16 * 1024 * 1024 } = options
  wholeNumber({ path: 'timeoutMs', value: timeoutMs, from: 1, to: 600_000 })
  wholeNumber({ path: 'maxBytes', value: maxBytes, from: 1 })
  if (!/^https?:/.test(URL.parse(url)?.protocol ?? ''))
    refuseOption({ path: 'url', value: url, expected: 'an http or https URL' })

  return Object.freeze({
    name: 'ecb',
    calendar: exchangeCalendar('ECB'),
    async fetchRates({ signal }: { readonly signal: AbortSignal }): Promise<RatesResult> {
      const outcome = await sendRequest({ url, fetch, clock, signal, timeoutMs, maxBytes })
      if (outcome.kind === 'no-answer') return refused(failed(outcome.code))
      const refusal = refusalOfStatus(outcome.status, outcome.headers, clock.now())
      if (refusal !== null) return refused(refusal)
      const table = parseEcbRates(outcome.text)
      return table === null ? refused(failed('BODY_UNEXPECTED')) : { kind: 'rates', table }
    },
  })
}

const LAST_90_DAYS = 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml'

function refused(refusal: FetchRefusal): RatesResult {
  return { kind: 'refused', refusal }
}
