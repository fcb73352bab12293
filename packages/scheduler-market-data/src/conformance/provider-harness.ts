import type { Clock, EpochMs } from '@pm/scheduler-core'

import type { Fetch } from '../http/send-request.ts'
import type { ProviderOptions } from '../limits/provider-options.ts'
import type { QuoteProvider } from '../provider.ts'

/** A provider under test, with its server played by the suite: made anew for every test. */
export interface ProviderHarness {
  /** A clock that the suite moves, such as `createManualClock()` of `@pm/scheduler-testing`. */
  readonly clock: SuiteClock
  /** Creates the provider. It sends its requests by `fetch` and takes its time from `clock`. */
  create(options: SuiteOptions): QuoteProvider
  /** Three symbols that it can quote, in the host's spelling. */
  readonly symbols: readonly [string, string, string]
  /** A symbol that it does not have, known without a request; `null` for a provider that may have any. */
  readonly notOffered: string | null
  /** Whether one request asks for several symbols. */
  readonly asksForSeveral: boolean
  /** The names that a request asks for quotes of, in the provider's spelling; `null` for another, such as a sign-in. */
  namesIn(request: SuiteRequest): readonly string[] | null
  /** The server's answer to a request that asks for no quotes (default status 404). */
  answerOther?(request: SuiteRequest): Response
  /** The body of the server's answer with these entries. An answer about one symbol has the first of them. */
  bodyOf(entries: readonly SuiteEntry[]): string
  /** The type of the bodies (default `application/json`). */
  readonly contentType?: string
  /** A made-up key in the requests, which may appear in no result (default none). */
  readonly secret?: string
}

export interface SuiteClock extends Clock {
  advance(ms: number): Promise<void>
}

export type SuiteOptions = Required<Pick<ProviderOptions, 'fetch' | 'clock'>> &
  Pick<ProviderOptions, 'enabled' | 'timeoutMs'>

export interface SuiteRequest {
  readonly url: URL
  readonly init: NonNullable<Parameters<Fetch>[1]>
}

/** What the server says of one instrument. */
export interface SuiteEntry {
  /** In the provider's spelling. */
  readonly name: string
  /** The text of the price as it stands in the body, such as `189.55`; `null` for none. */
  readonly price: string | null
  /** When the price was made. A provider that tells days alone sends its day. */
  readonly at: EpochMs
}

export type CreateProviderHarness = () => ProviderHarness
