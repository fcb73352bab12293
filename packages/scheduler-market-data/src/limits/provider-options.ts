import { type Clock, systemClock } from '@pm/scheduler-core'

import type { Fetch } from '../http/send-request.ts'
import { wholeNumber } from '../options/check-option.ts'
import type { BreakerOptions } from './breaker.ts'
import { createDayEnd } from './day-end.ts'
import type { QuotaLimits } from './quota.ts'
import type { QuotaLedger } from './quota-ledger.ts'

/** The options that all providers of this package share. */
export interface ProviderOptions {
  /** Whether the provider is asked (default true). */
  readonly enabled?: boolean
  /** Sends the requests (default the global `fetch`, looked up at each request). */
  readonly fetch?: Fetch
  /** The clock for time limits and event times (default the host's clock). */
  readonly clock?: Clock
  /** Time limit from sending a request to the last byte of its answer (default 10,000). */
  readonly timeoutMs?: number
  /** The longest answer, after decompression (default 2 MiB). A longer one is refused. */
  readonly maxBytes?: number
  /** How far ahead of our clock a quote's time may be (default 60,000). */
  readonly futureToleranceMs?: number
  /** How many requests the provider allows (default no limit; Alpha Vantage: the free tier's 25 a day). */
  readonly quota?: QuotaLimits
  /** Stores the count for `quota.perDay` (default in memory, where a restart loses it). */
  readonly quotaLedger?: QuotaLedger
  /**
   * The provider's name of a symbol, where it is not the one of the provider's table (default the table): `null` when it
   * has none, `undefined` for the name of the table. Symbols with the same name are asked for once.
   */
  readonly symbolOf?: (symbol: string) => string | null | undefined
  /** How many requests are under way at once (default 4; Alpha Vantage: 1). */
  readonly concurrency?: number
  /**
   * Pause before the next request: after an answer when `concurrency` is 1, otherwise after the request before (default
   * 0; Alpha Vantage: 1,000, since the free tier allows one request a second).
   */
  readonly paceMs?: number
  /** When a symbol that the provider does not know is asked for again (default those of `UnknownSymbolOptions`). */
  readonly unknownSymbols?: UnknownSymbolOptions
  /**
   * An instrument whose latest price is older than this counts as delisted (default 180 days; `null` for never). Longer
   * than the quarter of a year between two prices of some funds.
   */
  readonly delistedAfterMs?: number | null
  /** When a failing provider is not asked, and for how long (default those of `BreakerOptions`). */
  readonly breaker?: BreakerOptions
}

/** How long a provider is not asked for a symbol that it does not know. */
export interface UnknownSymbolOptions {
  /** The first wait; each further one is twice as long (default 3,600,000: an hour). */
  readonly askAgainMs?: number
  /** The longest wait (default 86,400,000: a day). */
  readonly maxAskAgainMs?: number
  /** How many symbols are remembered; of more, the oldest is forgotten (default 20,000). */
  readonly max?: number
}

export type ProviderSettings = Required<Omit<ProviderOptions, 'breaker' | 'quotaLedger' | 'unknownSymbols'>> &
  Pick<ProviderOptions, 'breaker' | 'quotaLedger'> & { readonly unknownSymbols: Required<UnknownSymbolOptions> }

/** Checks the options and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function settleOptions(options: ProviderOptions): ProviderSettings {
  const { enabled = true, clock = systemClock, timeoutMs = 10_000, maxBytes = 2 * 2 ** 20 } = options
  const { futureToleranceMs = 60_000, quota = {}, breaker = {}, quotaLedger } = options
  wholeNumber({ path: 'timeoutMs', value: timeoutMs, from: 1, to: 600_000 })
  wholeNumber({ path: 'maxBytes', value: maxBytes, from: 1 })
  wholeNumber({ path: 'futureToleranceMs', value: futureToleranceMs, from: 0 })
  for (const [name, value] of Object.entries(breaker)) wholeNumber({ path: `breaker.${name}`, value, from: 1 })
  const { symbolOf = () => undefined, concurrency = 4, paceMs = 0, delistedAfterMs = HALF_A_YEAR_MS } = options
  const unknownSymbols = { ...UNKNOWN_SYMBOLS, ...options.unknownSymbols }
  const { dayTimezone, ...counts } = quota
  for (const [name, value] of Object.entries(counts)) wholeNumber({ path: `quota.${name}`, value, from: 1 })
  if (dayTimezone !== undefined) createDayEnd(quota)
  for (const [name, value] of Object.entries(unknownSymbols)) {
    wholeNumber({ path: `unknownSymbols.${name}`, value, from: 1 })
  }
  wholeNumber({ path: 'concurrency', value: concurrency, from: 1, to: 100 })
  wholeNumber({ path: 'paceMs', value: paceMs, from: 0, to: 60_000 })
  if (delistedAfterMs !== null) wholeNumber({ path: 'delistedAfterMs', value: delistedAfterMs, from: 1 })
  // Limited, because a ledger stores an entry for each request of a day.
  if (quotaLedger && quota.perDay) wholeNumber({ path: 'quota.perDay', value: quota.perDay, from: 1, to: 10_000 })
  const fetch = options.fetch ?? ((input: string | URL | Request, init?: RequestInit) => globalThis.fetch(input, init))
  const limits = { quota: { ...quota }, breaker: { ...breaker }, ...(quotaLedger && { quotaLedger }) }
  const asking = { symbolOf, concurrency, paceMs, unknownSymbols, delistedAfterMs }
  return { enabled, fetch, clock, timeoutMs, maxBytes, futureToleranceMs, ...asking, ...limits }
}

const HALF_A_YEAR_MS = 180 * 86_400_000

const UNKNOWN_SYMBOLS = { askAgainMs: 3_600_000, maxAskAgainMs: 86_400_000, max: 20_000 } as const
