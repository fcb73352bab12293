import type { EpochMs } from '../clock.ts'

/** How fresh a feed is. `market_closed`: nothing is due, so that silence is no staleness. */
export const FEED_STATUSES = ['fresh', 'stale', 'expired', 'market_closed', 'unknown'] as const
export type FeedStatus = (typeof FEED_STATUSES)[number]

/**
 * The feeds that the market-data view shows, as the host knows them. Both halves are the domain's: what was delivered is
 * read from the host's own tables, and a pure judge says what that is worth.
 */
export interface FeedsSource<S> {
  /**
   * Answers one observation per feed, in the session and at the instant of the snapshot, so that both are one
   * consistent read. When it rejects, takes too long, or answers what no feed can be, the feeds are unknown for this
   * snapshot and nothing else of it suffers.
   */
  readonly read: (session: S, input: ReadFeedsInput) => Promise<readonly FeedObservation[]>
  /** How fresh one feed is. Pure: it is given everything that it may look at. */
  readonly judge: (observation: FeedObservation, asOf: EpochMs) => FeedVerdict
  /** How long `read` may take (default 150). */
  readonly timeoutMs?: number
}

export interface ReadFeedsInput {
  readonly asOf: EpochMs
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/** What is known of one feed: what one provider delivers of one symbol, or under any other name. */
export interface FeedObservation {
  readonly provider: string
  readonly feed: string
  /** The provider's own time of what it delivered last; `null` when it never did. */
  readonly eventAt: EpochMs | null
  readonly fetchedAt: EpochMs | null
  /** When its value last changed. */
  readonly changedAt: EpochMs | null
  /** How many updates were due in the recent window, and how many of them had come in time (default unknown). */
  readonly attainment?: FeedAttainment | null
}

export interface FeedAttainment {
  readonly expected: number
  readonly inTime: number
}

export interface FeedVerdict {
  readonly status: FeedStatus
  /** When the next event is due at the latest, by the exchange's calendar; `null` when none is. */
  readonly expectedBy: EpochMs | null
}
