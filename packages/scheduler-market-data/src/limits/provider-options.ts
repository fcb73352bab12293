import { type Clock, systemClock } from '@pm/scheduler-core'

import type { Fetch } from '../http/send-request.ts'
import { wholeNumber } from '../options/check-option.ts'
import type { BreakerOptions } from './breaker.ts'
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
  /** When a failing provider is not asked, and for how long (default those of `BreakerOptions`). */
  readonly breaker?: BreakerOptions
}

export type ProviderSettings = Required<Omit<ProviderOptions, 'breaker' | 'quotaLedger'>> &
  Pick<ProviderOptions, 'breaker' | 'quotaLedger'>

/** Checks the options and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function settleOptions(options: ProviderOptions): ProviderSettings {
  const { enabled = true, clock = systemClock, timeoutMs = 10_000, maxBytes = 2 * 2 ** 20 } = options
  const { futureToleranceMs = 60_000, quota = {}, breaker = {}, quotaLedger } = options
  wholeNumber({ path: 'timeoutMs', value: timeoutMs, from: 1, to: 600_000 })
  wholeNumber({ path: 'maxBytes', value: maxBytes, from: 1 })
  wholeNumber({ path: 'futureToleranceMs', value: futureToleranceMs, from: 0 })
  for (const [name, value] of Object.entries(breaker)) wholeNumber({ path: `breaker.${name}`, value, from: 1 })
  for (const [name, value] of Object.entries(quota)) wholeNumber({ path: `quota.${name}`, value, from: 1 })
  // Limited, because a ledger stores an entry for each request of a day.
  if (quotaLedger && quota.perDay) wholeNumber({ path: 'quota.perDay', value: quota.perDay, from: 1, to: 10_000 })
  const fetch = options.fetch ?? ((input: string | URL | Request, init?: RequestInit) => globalThis.fetch(input, init))
  const limits = { quota: { ...quota }, breaker: { ...breaker }, ...(quotaLedger && { quotaLedger }) }
  return { enabled, fetch, clock, timeoutMs, maxBytes, futureToleranceMs, ...limits }
}
