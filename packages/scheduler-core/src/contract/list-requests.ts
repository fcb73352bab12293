import * as z from 'zod'

import { type Declared, NOTHING_DECLARED } from '../ports/declared.ts'
import { JOB_STATES, type JobState } from '../reading/job-conditions.ts'
import { FEED_ORDER_WORDS, type FeedOrder, JOB_ORDER_WORDS, type JobOrder } from '../status/orders.ts'
import { exactSchema } from '../view/exactly.ts'
import { feedStatusesWith } from '../view/feed-count-fields.ts'
import { onlyFields } from './requests.ts'
import { upTo, wordOf, wordsOf } from './words.ts'

const SEARCH = 'text of 1 to 64 characters'

/** A part of a name; capitals do not matter. */
const search = z.string().min(1, { error: SEARCH }).max(64, { error: SEARCH })
const limit = upTo(1_000)
/** The names of feeds have no limit, and a cursor holds one. */
const cursor = z.string().regex(/^[\w-]{1,4096}$/, { error: 'the next_cursor of a page in the same order' })

/** The query of `GET /jobs`: states between commas, of which a job needs one; a minus turns the order round. */
export const jobsQuery: z.ZodType<AskedJobs, JobsQueryParams> = exactSchema(
  onlyFields({
    limit: limit.optional(),
    cursor: cursor.optional(),
    search: search.optional(),
    state: wordsOf(JOB_STATES).optional(),
    order: wordOf(JOB_ORDER_WORDS).optional(),
  }),
)

/** The query of `GET /freshness` of a host whose feeds have the grades alone. */
export const freshnessQuery: z.ZodType<AskedFeeds, FreshnessQueryParams> = freshnessQueryFor(NOTHING_DECLARED)

/** The same of a host whose sources declare exactly this. */
export function freshnessQueryFor(declared: Declared): z.ZodType<AskedFeeds, FreshnessQueryParams> {
  return exactSchema(
    onlyFields({
      limit: limit.optional(),
      cursor: cursor.optional(),
      search: search.optional(),
      status: wordsOf(feedStatusesWith(declared)).optional(),
      provider: z.string().max(256, { error: 'the name of a provider' }).optional(),
      order: wordOf(FEED_ORDER_WORDS).optional(),
    }),
  )
}

export interface JobsQueryParams {
  /** From 1 to 1,000 (default 50). */
  readonly limit?: string | undefined
  /** The `next_cursor` of the page before. */
  readonly cursor?: string | undefined
  /** A part of the name; capitals do not matter. */
  readonly search?: string | undefined
  /** States between commas: jobs that are in one of them. */
  readonly state?: string | undefined
  /** Default `name`. */
  readonly order?: JobOrder | undefined
}

export interface AskedJobs extends Omit<JobsQueryParams, 'limit' | 'state'> {
  readonly limit?: number | undefined
  readonly state?: readonly JobState[] | undefined
}

export interface FreshnessQueryParams {
  /** From 1 to 1,000 (default 100). */
  readonly limit?: string | undefined
  /** The `next_cursor` of the page before. */
  readonly cursor?: string | undefined
  /** A part of the name of the feed or of its provider; capitals do not matter. */
  readonly search?: string | undefined
  /** Grades and declared words between commas: feeds that are in one of them. */
  readonly status?: string | undefined
  readonly provider?: string | undefined
  /** Default `lateness`: whose update has been due longest goes first. */
  readonly order?: FeedOrder | undefined
}

export interface AskedFeeds extends Omit<FreshnessQueryParams, 'limit' | 'status'> {
  readonly limit?: number | undefined
  readonly status?: readonly string[] | undefined
}
