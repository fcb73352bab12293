import type { EpochMs } from '@pm/scheduler-core'

import type { PollRefusals } from '../poll/create-poll-job.ts'
import type { FetchRefusal } from '../quote/quote-result.ts'

/** A try at one provider for one symbol that brought no price. */
export interface FeedRefusal {
  readonly symbol: string
  readonly provider: string
  readonly at: EpochMs
  readonly code: FetchRefusal['code']
  /** Whether the provider was asked, and not left alone for its quota, its circuit or a switch. */
  readonly wasAsked: boolean
  /** Whether it answered about this symbol: that it does not know it, or something that is no quote. */
  readonly hasAnswered: boolean
}

/** The refusals of a poll, one for each symbol and provider. */
export function toFeedRefusals({ at, refused }: PollRefusals): readonly FeedRefusal[] {
  return refused.flatMap(({ symbol, attempts }) =>
    attempts.flatMap(({ provider, kind, code }) => {
      if (provider === null) return []
      const wasAsked = !NOT_ASKED.has(code)
      const hasAnswered = wasAsked && (kind === 'unknown-symbol' || kind === 'invalid')
      return [{ symbol, provider, at, code, wasAsked, hasAnswered }]
    }),
  )
}

const NOT_ASKED: ReadonlySet<FetchRefusal['code']> = new Set([
  'ABORTED',
  'BACKING_OFF',
  'CIRCUIT_OPEN',
  'NOT_OFFERED',
  'PROVIDER_DISABLED',
  'QUOTA_EXHAUSTED',
  'QUOTA_UNAVAILABLE',
])
