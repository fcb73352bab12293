import type { EpochMs, ProviderCall, ProviderDescription, ProvidersSource } from '@pm/scheduler-core'

import { CIRCUIT, CIRCUIT_ATTRIBUTES, type CircuitAttributes, type CircuitState } from './circuit.ts'
import type { FetchRefusal, QuoteResult } from './quote/quote-result.ts'

/** An external source of quotes. */
export interface QuoteProvider {
  /** The name in metrics and results, such as `yahoo_finance`. */
  readonly name: string
  /** A disabled provider is not asked. */
  readonly enabled: boolean
  /** Whether an API key is configured; `null` for a provider that needs none. */
  readonly apiKeyConfigured: boolean | null
  /**
   * Whether it can have a price of this symbol at all, known without a request. It is not asked for one of which this is
   * false. Omitted by a provider that may have any.
   */
  canQuote?(symbol: string): boolean
  /**
   * Asks for quotes of distinct symbols. Resolves with one result per symbol, in their order; never rejects. Reports
   * every request to `onCall` before it resolves. Aborting the signal ends the wait at once; the symbols without a
   * result are refused as `ABORTED`.
   */
  fetchQuotes(symbols: readonly string[], options: FetchQuotesOptions): Promise<readonly QuoteResult[]>
  /** What the quota and the circuit breaker allow now. Omitted by a provider that has neither. */
  readLimits?(): ProviderLimits
  /**
   * Reads how much of the quota other instances, and this one before its restart, have used. Omitted by a provider
   * without a shared quota. Never rejects.
   */
  refreshLimits?(): Promise<void>
}

export interface FetchQuotesOptions {
  /** Aborting it ends the requests in progress; the remaining symbols are refused as `ABORTED`. */
  readonly signal: AbortSignal
  /** Called for each request once its outcome is known. */
  readonly onCall: (call: QuoteCall) => void
  /**
   * Called with an error of the provider's own code, such as a `TypeError` (default none). The symbols of its request
   * have the code `PROVIDER_BROKEN`.
   */
  readonly onBroken?: (error: unknown) => void
}

/**
 * One request, as its provider reports it. `fallback` is missing, since only the caller of several providers knows it.
 */
export type QuoteCall = Omit<ProviderCall, 'fallback'>

export interface ProviderLimits {
  /** Requests that may still be sent now; `null` when there is no quota. */
  readonly quotaRemaining: number | null
  readonly circuit: CircuitState
  /** The code of the refusal that opened the circuit, such as `TIMEOUT`; `null` while it is closed. */
  readonly circuitReason: FetchRefusal['code'] | null
  /**
   * Until when the circuit stays open, on the wall clock in whole milliseconds; `null` while it is closed, and when the
   * next request finds out whether the provider answers again.
   */
  readonly circuitUntil: EpochMs | null
}

/** Describes the providers for a scheduler, in their order and with their limits and circuits. Contains no key. */
export function describeProviders(providers: readonly QuoteProvider[]): ProvidersSource {
  return { describe: () => providers.map(describe), conditions: [CIRCUIT], attributes: CIRCUIT_ATTRIBUTES }
}

function describe(provider: QuoteProvider): ProviderDescription {
  const { name, enabled, apiKeyConfigured } = provider
  const limits = provider.readLimits?.()
  const { quotaRemaining = null, circuit = null, circuitReason = null, circuitUntil = null } = limits ?? {}
  return {
    ...{ name, enabled, apiKeyConfigured, quotaRemaining },
    conditions: { [CIRCUIT.name]: circuit },
    attributes: { circuit_reason: circuitReason, circuit_until: circuitUntil } satisfies CircuitAttributes,
  }
}

/**
 * The outcome of a call with these results: `succeeded` only if at least one of them is a valid quote, and `refused` if
 * the provider answered well that it knows none of the symbols.
 */
export function callOutcome(results: readonly { readonly kind: QuoteResult['kind'] }[]): QuoteCall['outcome'] {
  if (results.some(({ kind }) => kind === 'quote')) return 'succeeded'
  if (results.some(({ kind }) => kind === 'rate-limited')) return 'rate_limited'
  return results.length > 0 && results.every(({ kind }) => kind === 'unknown-symbol') ? 'refused' : 'failed'
}
