import type { EpochMs } from '../clock.ts'

/** How fresh a feed is, in any domain: probes and alerts act on these. */
export const FEED_GRADES = ['fresh', 'stale', 'expired', 'unknown'] as const
export type FeedGrade = (typeof FEED_GRADES)[number]

/**
 * A domain's own state for feeds that owe no update now, such as `market_closed` for prices: silent, but not stale. No
 * probe or alert acts on it. A metric of its own, `feeds_<word>`, counts it.
 */
export interface FeedWord<W extends string = string> {
  /** Lower case with underscores, and none of the grades. */
  readonly word: W
  /** The title of its metric, such as `Feeds of closed markets`. */
  readonly title: string
  /** The help text of its metric. */
  readonly help: string
}

/**
 * The host's feeds for the market-data view: `read` reads what was delivered, `judge` decides how fresh each feed is.
 *
 * @typeParam W the words that `judge` may answer beside the grades.
 */
export interface FeedsSource<S, W extends string = never> {
  /**
   * Answers one observation per feed, in the snapshot's session and at its instant, so that both are one consistent
   * read. When it rejects, takes too long or answers something else, only the feeds are unknown in this snapshot; when
   * an observation has an impossible number, only that feed is.
   */
  readonly read: (session: S, input: ReadFeedsInput) => Promise<readonly FeedObservation[]>
  /** Decides how fresh one feed is. Pure: it may use its arguments only. */
  readonly judge: (observation: FeedObservation, asOf: EpochMs) => FeedVerdict<W>
  /** The words that `judge` may answer beside the grades (default none). Any other makes the feeds `FEEDS_INVALID`. */
  readonly words?: readonly FeedWord<W>[]
  /** How long `read` may take (default 150). */
  readonly timeoutMs?: number
}

export interface ReadFeedsInput {
  readonly asOf: EpochMs
  /** Aborts when the snapshot no longer waits for the answer. */
  readonly signal: AbortSignal
}

/** The host's knowledge of one feed: the data of one provider under one name. */
export interface FeedObservation {
  readonly provider: string
  readonly feed: string
  /** The provider's timestamp on its last delivery; `null` when it never delivered. */
  readonly eventAt: EpochMs | null
  readonly fetchedAt: EpochMs | null
  /** When its value last changed. */
  readonly changedAt: EpochMs | null
  /** How many updates were due in the recent window, and how many came in time (default unknown). */
  readonly attainment?: FeedAttainment | null
}

export interface FeedAttainment {
  readonly expected: number
  readonly inTime: number
}

export interface FeedVerdict<W extends string = string> {
  readonly status: FeedGrade | W
  /** The latest instant at which the next event is due; `null` when none is due. */
  readonly expectedBy: EpochMs | null
}
