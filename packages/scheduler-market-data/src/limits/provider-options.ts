import { type Clock, systemClock } from '@pm/scheduler-core'

import type { Fetch } from '../http/send-request.ts'
import { wholeNumber } from '../options/check-option.ts'
import type { BreakerOptions } from './breaker.ts'
import type { QuotaLimits } from './quota.ts'
import type { QuotaLedger } from './quota-ledger.ts'

/** What the options of every provider of this package have in common. */
export interface ProviderOptions {
  /** Whether it is asked at all (default true). */
  readonly enabled?: boolean
  /** Sends the requests (default the global `fetch`, looked up at each request). */
  readonly fetch?: Fetch
  /** For time limits and the age of quotes (default the host's clock). */
  readonly clock?: Clock
  /** From sending a request to the last byte of its answer (default 10,000). */
  readonly timeoutMs?: number
  /** An answer that is longer, once unpacked, is refused (default 2 MiB). */
  readonly maxBytes?: number
  /** How far ahead of our clock a quote's time may be (default 60,000). */
  readonly futureToleranceMs?: number
  /** How many requests the provider grants (default none; Alpha Vantage: the free tier's 25 a day). */
  readonly quota?: QuotaLimits
  /** Keeps the count of `quota.perDay` (default in memory alone, where a restart forgets it). */
  readonly quotaLedger?: QuotaLedger
  /** When a failing provider is left alone, and for how long (default as `BreakerOptions` says). */
  readonly breaker?: BreakerOptions
}

export type ProviderSettings = Required<Omit<ProviderOptions, 'breaker' | 'quotaLedger'>> &
  Pick<ProviderOptions, 'breaker' | 'quotaLedger'>

/** The options checked, with every default filled in. Throws `INVALID_OPTIONS`. */
export function settleOptions(options: ProviderOptions): ProviderSettings {
  const { enabled = true, clock = systemClock, timeoutMs = 10_000, maxBytes = 2 * 2 ** 20 } = options
  const { futureToleranceMs = 60_000, quota = {}, breaker = {}, quotaLedger } = options
  wholeNumber({ path: 'timeoutMs', value: timeoutMs, from: 1, to: 600_000 })
  wholeNumber({ path: 'maxBytes', value: maxBytes, from: 1 })
  wholeNumber({ path: 'futureToleranceMs', value: futureToleranceMs, from: 0 })
  for (const [name, value] of Object.entries(breaker)) wholeNumber({ path: `breaker.${name}`, value, from: 1 })
  for (const [name, value] of Object.entries(quota)) wholeNumber({ path: `quota.${name}`, value, from: 1 })
  // A ledger holds an entry for each request of a day.
  if (quotaLedger && quota.perDay) wholeNumber({ path: 'quota.perDay', value: quota.perDay, from: 1, to: 10_000 })
  const fetch = options.fetch ?? ((input: string | URL | Request, init?: RequestInit) => globalThis.fetch(input, init))
  const limits = { quota: { ...quota }, breaker: { ...breaker }, ...(quotaLedger && { quotaLedger }) }
  return { enabled, fetch, clock, timeoutMs, maxBytes, futureToleranceMs, ...limits }
}
