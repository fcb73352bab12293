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

/** Why feeds have their status, as a code and a sentence for readers. */
export interface FeedReason<R extends string = string> {
  /** Lower case with underscores. */
  readonly code: R
  readonly sentence: string
}

/** Something that a domain tells of every feed beside its times, such as the venue of a price. */
export interface FeedAttribute {
  /** Its field in a response: lower case with underscores, and none of the fields that every feed has. */
  readonly name: string
  readonly kind: FeedAttributeKind
  readonly help: string
  /** Whether `GET /freshness` filters by it, as `?<name>=` (default false). For texts. */
  readonly isFilter?: boolean | undefined
}

/** `instant` is in milliseconds since 1970; a response writes it as a time. */
export const FEED_ATTRIBUTE_KINDS = ['text', 'flag', 'number', 'instant'] as const
export type FeedAttributeKind = (typeof FEED_ATTRIBUTE_KINDS)[number]
export type FeedAttributeValue = string | boolean | number | null
export type FeedAttributes = Readonly<Record<string, FeedAttributeValue>>

/** Feeds that matter together to `/health/data`. */
export interface FeedGroup {
  /** 1 to 100 visible characters. */
  readonly name: string
  /** Which feeds belong to it (default all). Pure. */
  readonly includes?: ((feed: JudgedFeedView) => boolean) | undefined
  /** Which of them are late (default those that are `expired` or `unknown`). Pure. */
  readonly isLate?: ((feed: JudgedFeedView, asOf: EpochMs) => boolean) | undefined
  /** The share of its feeds that may be late, from 0 to 1 (default 0). */
  readonly mayBeLate?: number | undefined
}

/** A feed with its verdict, as the functions of a group see it. */
export interface JudgedFeedView extends FeedObservation {
  readonly status: string
  readonly reason: string | null
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
   *
   * It may answer in pages. Each is judged before the next one is asked for, so that ten thousand feeds never hold the
   * event loop for long.
   */
  readonly read: (
    session: S,
    input: ReadFeedsInput,
  ) => Promise<readonly FeedObservation[]> | AsyncIterable<readonly FeedObservation[]>
  /**
   * Decides how fresh one feed is. Pure: it may use its arguments only. The observation is the very object that `read`
   * answered, so that it may hold more than core knows of.
   */
  judge(observation: FeedObservation, asOf: EpochMs): FeedVerdict<W>
  /** The words that `judge` may answer beside the grades (default none). Any other makes the feeds `FEEDS_INVALID`. */
  readonly words?: readonly FeedWord<W>[]
  /** The reasons that `judge` may give (default none). Any other reads as `null`. */
  readonly reasons?: readonly FeedReason[]
  /** What is told of every feed beside its times (default nothing). An attribute that is not declared is left out. */
  readonly attributes?: readonly FeedAttribute[]
  /**
   * What matters to `/health/data` (default: all feeds, of which none may be late). With an empty list no feed matters
   * to it.
   */
  readonly groups?: readonly FeedGroup[]
  /**
   * How long `read` may take (default 750); feeds that take longer are unknown. Ten thousand feeds take a third of that
   * on two busy cores, and two thirds when a process reads them first. The probes wait a second for the whole snapshot,
   * so that feeds that hang do not make a scheduler look unready.
   */
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
  /** When somebody last tried to get it; `null` when nobody has (default unknown). */
  readonly askedAt?: EpochMs | null
  /** When a provider last answered about it, with data or without (default unknown). */
  readonly answeredAt?: EpochMs | null
  /** The first try since the last data that brought none; `null` when the last one did (default unknown). */
  readonly missingSince?: EpochMs | null
  /** How many tries have brought no data since the last that did (default unknown). */
  readonly unansweredAsks?: number | null
  /** What became of the last try at each provider that brought no data, in their order (default unknown). */
  readonly attempts?: readonly FeedAttempt[]
  /** Values of the declared attributes. One that is left out or has another kind of value reads as `null`. */
  readonly attributes?: FeedAttributes
}

/** A try at one provider that brought no data. */
export interface FeedAttempt {
  /** `null` when nobody was asked. */
  readonly provider: string | null
  /** A code, never a text of the provider. */
  readonly code: string
  readonly at: EpochMs | null
  /** Until when the provider is not asked; `null` when that is unknown or it is asked. */
  readonly until?: EpochMs | null
}

export interface FeedAttainment {
  readonly expected: number
  readonly inTime: number
}

export interface FeedVerdict<W extends string = string> {
  readonly status: FeedGrade | W
  /** The latest instant at which the next event is due; `null` when none is due. */
  readonly expectedBy: EpochMs | null
  /** A declared reason (default none). */
  readonly reason?: string | null
  /** Values of declared attributes that the verdict knows, such as the rule. They go before those of the observation. */
  readonly attributes?: FeedAttributes
}
