import type { EpochMs } from '../clock.ts'
import type { FeedAttempt, FeedAttribute, FeedAttributes, FeedGrade, FeedReason, FeedWord } from '../ports/feeds.ts'

/** The host's feeds, or the code of the error that kept them from being read. */
export interface FeedsReading {
  /** `null` when they could not be read; empty when the host has none. */
  readonly items: readonly FeedReading[] | null
  readonly error: FeedsErrorCode | null
  /** How many feeds have each status, and in total; `null` when they could not be read. */
  readonly counts: FeedCounts
  /** The states beside the grades, as the host's feeds source declares them. */
  readonly words: readonly FeedWord[]
  /** What is told of every feed beside its times, as the source declares it. */
  readonly attributes?: readonly FeedAttribute[]
  /** The reasons that the source declares. */
  readonly reasons?: readonly FeedReason[]
  /** What the host says matters; `null` when it says nothing, or the feeds could not be read. */
  readonly groups?: readonly FeedGroupReading[] | null
}

/** How late the feeds of a group are. */
export interface FeedGroupReading {
  readonly name: string
  readonly total: number
  readonly late: number
  /** How many of the late ones are unknown: after a start there may not have been time to ask for them. */
  readonly lateUnknown: number
  /** The share that may be late, from 0 to 1. */
  readonly mayBeLate: number
}

/** A count for each grade and each declared word. */
export type FeedCounts = Readonly<Record<FeedGrade | 'total', number | null> & { [word: string]: number | null }>

/** Why the feeds are unknown: their reader failed, took too long, or answered invalid observations. */
export const FEEDS_ERROR_CODES = ['FEEDS_FAILED', 'FEEDS_TIMED_OUT', 'FEEDS_INVALID'] as const
export type FeedsErrorCode = (typeof FEEDS_ERROR_CODES)[number]

/** How fresh one feed is. A feed is the data of one provider under one name. */
export interface FeedReading {
  readonly provider: string
  readonly feed: string
  /** A grade or a declared word. */
  readonly status: string
  /** The declared reason of the status; `null` where the source gives none. */
  readonly reason?: string | null
  /** When somebody last tried to get it. */
  readonly askedAt: EpochMs | null
  /** When a provider last answered about it, with data or without. */
  readonly answeredAt: EpochMs | null
  /** The first try since the last data that brought none. */
  readonly missingSince: EpochMs | null
  /** How many tries have brought no data since the last that did. */
  readonly unansweredAsks: number | null
  /** What became of the last try at each provider that brought no data. */
  readonly attempts?: readonly FeedAttempt[]
  /** The declared attributes that have a value. */
  readonly attributes?: FeedAttributes
  /** The provider's timestamp on its last delivery. */
  readonly eventAt: EpochMs | null
  readonly fetchedAt: EpochMs | null
  /** When its value last changed. */
  readonly changedAt: EpochMs | null
  /** The latest instant at which the next event is due; `null` when none is due. */
  readonly expectedBy: EpochMs | null
  /** From `eventAt`, not from the time of fetching, to the snapshot's instant. */
  readonly ageMs: number | null
  /** The share of the updates due in the recent window that came in time. */
  readonly attainmentPct: number | null
}
