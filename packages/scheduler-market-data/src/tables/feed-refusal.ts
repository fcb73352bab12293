import type { EpochMs } from '@pm/scheduler-core'

import type { PollRefusals } from '../poll/create-poll-job.ts'
import { type FetchRefusal, leftAloneUntil, wasAsked as wasAskedFor } from '../quote/quote-result.ts'

/** A try at one provider for one symbol that brought no price. */
export interface FeedRefusal {
  readonly symbol: string
  readonly provider: string
  readonly at: EpochMs
  readonly code: FetchRefusal['code']
  /** Until when the provider is not asked; `null` when that is unknown, or the next poll asks it. */
  readonly until: EpochMs | null
  /** Whether the provider was asked, and not left alone for its quota, its circuit, a switch or what it said before. */
  readonly wasAsked: boolean
  /** Whether it answered about this symbol: that it does not know it, or something that is no quote. */
  readonly hasAnswered: boolean
}

/** The refusals of a poll, one for each symbol and provider. */
export function toFeedRefusals({ at, refused }: PollRefusals): readonly FeedRefusal[] {
  return refused.flatMap(({ symbol, attempts }) =>
    attempts.flatMap((attempt) => {
      const { provider, kind, code } = attempt
      if (provider === null) return []
      const wasAsked = wasAskedFor(attempt)
      const hasAnswered = wasAsked && (kind === 'unknown-symbol' || kind === 'invalid')
      return [{ symbol, provider, at, code, until: leftAloneUntil(attempt), wasAsked, hasAnswered }]
    }),
  )
}
