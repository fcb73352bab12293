import {
  type Clock,
  type EpochMs,
  type JobOptions,
  type ProviderCall,
  type RunContext,
  SchedulerError,
  systemClock,
} from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

import type { QuoteProvider } from '../provider.ts'
import type { Quote } from '../quote/quote.ts'
import { createZoneNames } from '../time/zone-names.ts'
import { type CollectedQuotes, collectQuotes, type RefusedSymbol, type RejectedSymbol } from './collect-quotes.ts'

export interface PollJobOptions<S> extends Omit<JobOptions<S>, 'name' | 'handler'> {
  /** The name of the job (default `poll-market-data`). */
  readonly name?: string
  /** The symbols to poll, read in a read-only session of its own. Repeated ones are polled once. */
  readonly symbols: (session: S) => Promise<readonly string[]>
  /**
   * The providers, in the order in which they are asked. Each is asked for the symbols for which those before it had no
   * quote.
   */
  readonly providers: readonly QuoteProvider[]
  /** Saves the quotes; not called without any. The run's success is committed in the same session. */
  readonly saveQuotes: (session: S, quotes: readonly Quote[]) => Promise<void>
  /**
   * Saves which symbols were refused by whom, also those for which another provider had a quote; not called without any
   * (default: nothing is saved of them). In the session of the quotes, or in one of its own when there are none.
   */
  readonly saveRefusals?: (session: S, poll: PollRefusals) => Promise<void>
  /**
   * Called for each symbol for which no provider had a quote, before anything is saved (default none). Errors that it
   * throws are logged.
   */
  readonly onQuoteRejected?: (rejected: RejectedSymbol) => void
  /** The clock that checks event times (default the host's clock). */
  readonly clock?: Clock
  /**
   * How far ahead of our clock a quote's time may be; applies in addition to the provider's own limit (default 60,000).
   */
  readonly futureToleranceMs?: number
}

/** Which symbols a poll was refused, and when. */
export interface PollRefusals {
  readonly at: EpochMs
  readonly refused: readonly RefusedSymbol[]
}

/**
 * The job that polls market data: it reads the symbols, asks the providers and saves their quotes.
 *
 * Its items are symbols: processed when a quote was saved, failed when no provider had one, skipped when the symbol
 * repeats an earlier one. A poll in which some symbols failed succeeds partially; one in which all failed fails with
 * `ALL_ITEMS_FAILED`. A poll without symbols succeeds. No session is open while providers are asked.
 *
 * Throws `INVALID_OPTIONS` for providers that are missing or share a name.
 */
export function createPollJob<S>(options: PollJobOptions<S>): JobOptions<S> {
  const {
    name = 'poll-market-data',
    symbols,
    providers,
    saveQuotes,
    saveRefusals,
    onQuoteRejected,
    clock,
    futureToleranceMs,
    ...job
  } = options
  checkProviders(providers)
  const source = {
    providers: [...providers],
    now: () => (clock ?? systemClock).now(),
    futureToleranceMs: futureToleranceMs ?? 60_000,
    isZone: createZoneNames(),
  }

  async function poll(run: RunContext<S>): Promise<void> {
    const { signal } = run
    const listed = await run.withSession(symbols, { unit: `${name}:read-symbols`, readOnly: true, signal })
    const onCall = (call: ProviderCall) => run.recordCall(call)
    const onBroken = (provider: string, error: unknown) => {
      run.logger.error({ provider, error }, 'A provider of market data has an error in its own code')
    }
    const collected = await collectQuotes({
      ...source,
      symbols: listed,
      isEnabled: (provider) => run.isProviderEnabled(provider),
      signal,
      onCall,
      onBroken,
    })
    signal.throwIfAborted()
    announce(collected.rejected, run)
    await settle(collected, run)
  }

  function announce(rejected: readonly RejectedSymbol[], { logger }: RunContext<S>): void {
    for (const rejection of rejected) {
      logger.warn(rejection, 'No provider had a quote for this symbol')
      try {
        onQuoteRejected?.(rejection)
      } catch (error) {
        logger.error({ error }, 'onQuoteRejected threw')
      }
    }
  }

  async function settle(collected: CollectedQuotes, run: RunContext<S>): Promise<void> {
    const { quotes, rejected, refused, duplicates } = collected
    const at = source.now()
    const noteRefused = async (session: S) => {
      if (refused.length > 0) await saveRefusals?.(session, { at, refused })
    }
    run.report({ failed: rejected.length, skipped: duplicates })
    if (quotes.length === 0 && rejected.length > 0) {
      if (saveRefusals) await run.withSession(noteRefused, { unit: `${name}:save-refusals`, signal: run.signal })
      throw new SchedulerError('ALL_ITEMS_FAILED', { items: rejected.length, codes: countCodes(rejected) })
    }
    if (quotes.length === 0) return
    const write = async (session: S) => {
      await saveQuotes(session, quotes)
      await noteRefused(session)
      run.report({ processed: quotes.length })
      await run.complete(session)
    }
    await run.withSession(write, { unit: `${name}:save-quotes`, signal: run.signal })
  }

  return { ...job, name, handler: poll }
}

function checkProviders(providers: readonly QuoteProvider[]): void {
  if (providers.length === 0) refuseOption({ path: 'providers', value: providers, expected: 'at least one provider' })
  const names = providers.map(({ name }) => name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated === undefined) return
  const expected = 'providers with names of their own'
  refuseOption({ path: 'providers', value: repeated, received: `"${repeated}" twice`, expected })
}

function countCodes(rejected: readonly RejectedSymbol[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { code } of rejected) counts[code] = (counts[code] ?? 0) + 1
  return counts
}
