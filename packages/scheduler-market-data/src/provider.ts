import type { CircuitState, ProviderCall, ProviderDescription } from '@pm/scheduler-core'

import type { QuoteResult } from './quote/quote-result.ts'

/** An external source of quotes. */
export interface QuoteProvider {
  /** Names it in metrics and results, such as `yahoo_finance`. */
  readonly name: string
  /** A disabled provider is not asked. */
  readonly enabled: boolean
  /** `null` when it needs no key. */
  readonly apiKeyConfigured: boolean | null
  /**
   * Asks for quotes: answers one result for each symbol, in their order, and never rejects. Symbols are distinct.
   * Every request that is sent is reported, at the latest before the answer. Aborting the signal ends the waiting at
   * once; what is missing then comes back as `ABORTED`.
   */
  fetchQuotes(symbols: readonly string[], options: FetchQuotesOptions): Promise<readonly QuoteResult[]>
  /** What its quota and its circuit breaker allow at this moment; left out by a provider that has neither. */
  readLimits?(): ProviderLimits
  /**
   * Reads what other instances, and this one before its restart, have used of the quota; left out by a provider that
   * shares none. Never rejects.
   */
  refreshLimits?(): Promise<void>
}

export interface FetchQuotesOptions {
  /** Aborting it ends the requests under way; the symbols that are left are refused as `ABORTED`. */
  readonly signal: AbortSignal
  /** Told of each request once its outcome is known. */
  readonly onCall: (call: QuoteCall) => void
}

/** One request, as its provider saw it. Whether it was a fallback is known to the one who asks several. */
export type QuoteCall = Omit<ProviderCall, 'fallback'>

export interface ProviderLimits {
  /** Requests that may still be sent now; `null` when there is no quota. */
  readonly quotaRemaining: number | null
  readonly circuit: CircuitState
}

/** What a scheduler's snapshot says of the providers, in their order, their limits included. Never holds a key. */
export function describeProviders(providers: readonly QuoteProvider[]): ProviderDescription[] {
  return providers.map((provider) => {
    const { name, enabled, apiKeyConfigured } = provider
    const { quotaRemaining = null, circuit = null } = provider.readLimits?.() ?? {}
    return { name, enabled, apiKeyConfigured, quotaRemaining, circuit }
  })
}

/** How a call went, given what came of it: it succeeded only when validated data came out of its answer. */
export function callOutcome(results: readonly { readonly kind: QuoteResult['kind'] }[]): QuoteCall['outcome'] {
  if (results.some(({ kind }) => kind === 'quote')) return 'succeeded'
  return results.some(({ kind }) => kind === 'rate-limited') ? 'rate_limited' : 'failed'
}
