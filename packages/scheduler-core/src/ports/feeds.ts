import type { EpochMs } from '../clock.ts'

/** How fresh a feed is, in any domain: probes and alerts act on these. */
export const FEED_GRADES = ['fresh', 'stale', 'expired', 'unknown'] as const
export type FeedGrade = (typeof FEED_GRADES)[number]

/**
 * A word of the domain's own for feeds of which nothing is due, so that their silence is no staleness: `market_closed`
 * for prices. No probe or alert acts on it. It is counted by a metric of its own, `feeds_<word>`.
 */
export interface FeedWord<W extends string = string> {
  /** Lower case with underscores, and none of the grades. */
  readonly word: W
  /** Of its metric, such as `Feeds of closed markets`. */
  readonly title: string
  /** Of its metric. */
  readonly help: string
}

/**
 * The feeds that the market-data view shows, as the host knows them. Both halves are the domain's: what was delivered is
 * read from the host's own tables, and a pure judge says what that is worth.
 *
 * @typeParam W the words that its verdicts have beside the grades.
 */
export interface FeedsSource<S, W extends string = never> {
  /**
   * Answers one observation per feed, in the session and at the instant of the snapshot, so that both are one
   * consistent read. When it rejects, takes too long, or answers what no feed can be, the feeds are unknown for this
   * snapshot and nothing else of it suffers.
   */
  readonly read: (session: S, input: ReadFeedsInput) => Promise<readonly FeedObservation[]>
  /** How fresh one feed is. Pure: it is given everything that it may look at. */
  readonly judge: (observation: FeedObservation, asOf: EpochMs) => FeedVerdict<W>
  /** The words that its verdicts have beside the grades (default none). A verdict with another word is `FEEDS_INVALID`. */
  readonly words?: readonly FeedWord<W>[]
  /** How long `read` may take (default 150). */
  readonly timeoutMs?: number
}

export interface ReadFeedsInput {
  readonly asOf: EpochMs
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/** What is known of one feed: what one provider delivers under one name. */
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

export interface FeedVerdict<W extends string = string> {
  readonly status: FeedGrade | W
  /** When the next event is due at the latest; `null` when none is. */
  readonly expectedBy: EpochMs | null
}
