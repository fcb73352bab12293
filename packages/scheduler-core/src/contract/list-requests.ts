import * as z from 'zod'

import { type Declared, NOTHING_DECLARED } from '../ports/declared.ts'
import { PROVIDER_FIELDS } from '../ports/providers.ts'
import { JOB_STATES, type JobState } from '../reading/job-conditions.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'
import { adminStatusViewV2 } from '../status/admin-status-v2.ts'
import { envelope, feedBlock } from '../status/blocks.ts'
import { marketDataStatusViewV2 } from '../status/market-data-status-v2.ts'
import { FEED_ORDER_WORDS, type FeedOrder, JOB_ORDER_WORDS, type JobOrder } from '../status/orders.ts'
import type { StatusView } from '../view/define-view.ts'
import { exactSchema } from '../view/exactly.ts'
import { feedStatusesWith } from '../view/feed-count-fields.ts'
import { JOB_FIELDS } from './job.ts'
import { onlyFields } from './requests.ts'
import { upTo, wordOf, wordsOf } from './words.ts'

export const A_METRIC = 'the id of a metric, as /metrics/definitions lists them, or a field that shows one'
const SEARCH = 'text of 1 to 64 characters'

/** A part of a name; capitals do not matter. */
const search = z.string().min(1, { error: SEARCH }).max(64, { error: SEARCH })
const limit = upTo(1_000)
/** The names of feeds have no limit, and a cursor holds one. */
const cursor = z.string().regex(/^[\w-]{1,4096}$/, { error: 'the next_cursor of a page in the same order' })

const A_TAG = '1 to 20 tags between commas, each of a-z, 0-9, and . _ : -'
/** Tags between commas, of which a job needs one. */
const tags = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._:-]{0,63}(?:,[a-z0-9][a-z0-9._:-]{0,63}){0,19}$/, { error: A_TAG })
  .transform((text): readonly string[] => text.split(','))
const OWNER = 'text of 1 to 200 characters'
const owner = z.string().min(1, { error: OWNER }).max(200, { error: OWNER })

const windows = wordsOf(WINDOWS)
const explain = z.string().max(64, { error: A_METRIC })

/** The query of `GET /metrics/definitions`. */
export const definitionsQuery: z.ZodType<DefinitionsQueryParams, DefinitionsQueryParams> = exactSchema(
  onlyFields({ metric: explain.optional() }),
)

/** The fields of a status of version 2 that a caller may choose: those that do not identify it. */
function choosable(view: StatusView<object>): readonly string[] {
  const names = view.bindings.map(({ path }) => /^\w+/.exec(path)?.[0] ?? '')
  return [...new Set(names)].filter((name) => !Object.hasOwn(envelope, name))
}

/** The query of `GET /status` in version 2 of the admin view. */
export const adminStatusQuery: z.ZodType<AskedStatus, StatusQueryParams> = statusQueryOf(adminStatusViewV2)

/** The query of `GET /status` in version 2 of the market-data view. */
export const marketDataStatusQuery: z.ZodType<AskedStatus, StatusQueryParams> = statusQueryOf(marketDataStatusViewV2)

function statusQueryOf(view: StatusView<object>): z.ZodType<AskedStatus, StatusQueryParams> {
  return exactSchema(
    onlyFields({
      explain: explain.optional(),
      window: windows.optional(),
      fields: wordsOf(choosable(view)).optional(),
    }),
  )
}

/** The query of `GET /providers` of a host without conditions of its own. */
export const providersQuery: z.ZodType<AskedView, ViewQueryParams> = providersQueryFor(NOTHING_DECLARED)

/** The same of a host whose sources declare exactly this. */
export function providersQueryFor({
  providerConditions,
  providerAttributes = [],
}: Declared): z.ZodType<AskedView, ViewQueryParams> {
  const known = [...PROVIDER_FIELDS, ...[...providerConditions, ...providerAttributes].map(({ name }) => name)]
  return exactSchema(onlyFields({ window: windows.optional(), fields: wordsOf(known).optional() }))
}

/** The query of `GET /jobs`: states between commas, of which a job needs one; a minus turns the order round. */
export const jobsQuery: z.ZodType<AskedJobs, JobsQueryParams> = exactSchema(
  onlyFields({
    limit: limit.optional(),
    cursor: cursor.optional(),
    search: search.optional(),
    tag: tags.optional(),
    owner: owner.optional(),
    state: wordsOf(JOB_STATES).optional(),
    order: wordOf(JOB_ORDER_WORDS).optional(),
    explain: explain.optional(),
    window: windows.optional(),
    fields: wordsOf(JOB_FIELDS).optional(),
  }),
)

/** The query of `GET /freshness` of a host whose feeds have the grades alone. */
export const freshnessQuery: z.ZodType<AskedFeeds, FreshnessQueryParams> = freshnessQueryFor(NOTHING_DECLARED)

/** The same of a host whose sources declare exactly this. */
export function freshnessQueryFor(declared: Declared): z.ZodType<AskedFeeds, FreshnessQueryParams> {
  const { feedAttributes = [], feedReasons = [] } = declared
  const filters = feedAttributes.filter(({ isFilter }) => isFilter).map(({ name }) => name)
  const attributes = feedAttributes.map(({ name }) => name)
  return onlyFields({
    limit: limit.optional(),
    cursor: cursor.optional(),
    search: search.optional(),
    status: wordsOf(feedStatusesWith(declared)).optional(),
    reason: wordsOf(feedReasons.map(({ code }) => code)).optional(),
    provider: z.string().max(256, { error: 'the name of a provider' }).optional(),
    ...Object.fromEntries(filters.map((name) => [name, A_VALUE.optional()])),
    order: wordOf(FEED_ORDER_WORDS).optional(),
    explain: explain.optional(),
    fields: wordsOf([...Object.keys(feedBlock.fields), ...attributes, 'attempts']).optional(),
    // The filters of a host are known by its declaration alone, so that no type could name them.
  })
}

/** The whole value of an attribute, such as `XLON`. */
const A_VALUE = z
  .string()
  .min(1, { error: 'text of 1 to 256 characters' })
  .max(256, { error: 'text of 1 to 256 characters' })

/** What makes an answer smaller. */
export interface ViewQueryParams {
  /** `recent` or others between commas: every object with one part for each window has these parts alone. */
  readonly window?: string | undefined
  /**
   * Names between commas: the answer, or each item of a list, has these fields alone, and those that identify it. Its type
   * does not tell.
   */
  readonly fields?: string | undefined
}

export interface AskedView {
  readonly window?: readonly WindowId[] | undefined
  readonly fields?: readonly string[] | undefined
}

export interface StatusQueryParams extends ViewQueryParams {
  /** The id of a metric: the answer has its explanation beside it. */
  readonly explain?: string | undefined
}

export interface AskedStatus extends AskedView {
  readonly explain?: string | undefined
}

export interface JobsQueryParams extends StatusQueryParams {
  /** From 1 to 1,000 (default 50). */
  readonly limit?: string | undefined
  /** The `next_cursor` of the page before. */
  readonly cursor?: string | undefined
  /** A part of the name; capitals do not matter. */
  readonly search?: string | undefined
  /** Tags between commas: jobs that have one of them. */
  readonly tag?: string | undefined
  /** The whole text of the job's owner. */
  readonly owner?: string | undefined
  /** States between commas: jobs that are in one of them. */
  readonly state?: string | undefined
  /** Default `name`. */
  readonly order?: JobOrder | undefined
}

export interface AskedJobs extends AskedStatus, Omit<JobsQueryParams, 'limit' | 'state' | 'tag' | keyof AskedStatus> {
  readonly limit?: number | undefined
  readonly tag?: readonly string[] | undefined
  readonly state?: readonly JobState[] | undefined
}

export interface FreshnessQueryParams extends Omit<StatusQueryParams, 'window'> {
  /** From 1 to 1,000 (default 100). */
  readonly limit?: string | undefined
  /** The `next_cursor` of the page before. */
  readonly cursor?: string | undefined
  /** A part of the name of the feed or of its provider; capitals do not matter. */
  readonly search?: string | undefined
  /** Grades and declared words between commas: feeds that are in one of them. */
  readonly status?: string | undefined
  /** Declared reasons between commas: feeds that have one of them. */
  readonly reason?: string | undefined
  readonly provider?: string | undefined
  /** The whole value of an attribute that the host's feeds declare as a filter, such as `venue`. */
  readonly [attribute: string]: string | undefined
  /** Default `lateness`: whose update has been due longest goes first. */
  readonly order?: FeedOrder | undefined
}

export interface AskedFeeds
  extends Omit<AskedStatus, 'window'>,
    Pick<FreshnessQueryParams, 'cursor' | 'search' | 'provider' | 'order'> {
  readonly limit?: number | undefined
  readonly status?: readonly string[] | undefined
  readonly reason?: readonly string[] | undefined
  /** The value of an attribute that is a filter. */
  readonly [attribute: string]: unknown
}

export interface DefinitionsQueryParams {
  /** The id of a metric, or the name or path of a field that shows it (default all metrics). */
  readonly metric?: string | undefined
}
