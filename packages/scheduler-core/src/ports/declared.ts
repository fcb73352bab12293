import type { FeedAttribute, FeedReason, FeedWord } from './feeds.ts'
import type { ProviderAttribute, ProviderCondition } from './providers.ts'

/**
 * What the sources of a host declare. Metrics, fields of responses, documents and instruments are made of it. A
 * scheduler has both lists and fits as it is.
 */
export interface Declared {
  /** The statuses that the feeds may have beside `fresh`, `stale`, `expired` and `unknown`. */
  readonly feedWords: readonly FeedWord[]
  /** What is told of every feed beside its times (default nothing). */
  readonly feedAttributes?: readonly FeedAttribute[]
  /** The reasons that feeds may have for their status (default none). */
  readonly feedReasons?: readonly FeedReason[]
  /** The conditions that the providers may have. */
  readonly providerConditions: readonly ProviderCondition[]
  /** What is told of every provider beside (default nothing). */
  readonly providerAttributes?: readonly ProviderAttribute[]
}

/** What a host declares that has neither feeds nor providers with conditions. */
export const NOTHING_DECLARED: Declared = Object.freeze({ feedWords: [], providerConditions: [] })
