import * as z from 'zod'

import type { Declared } from '../ports/declared.ts'
import { feedBlock } from '../status/blocks.ts'
import { type FreshnessHead, freshnessHeadView } from '../status/freshness-view.ts'
import type { FeedView } from '../status/shapes.ts'
import { schemaOfAttribute } from '../view/attribute-fields.ts'
import { type MetricExplanationView, metricExplanation } from '../view/metric-explanation.ts'
import { count, timestamp } from './fields.ts'

/** A try at one provider that brought no data. */
const attempt = z.looseObject({
  provider: z.string().nullable().describe('The provider; null when nobody was asked.'),
  code: z.string().describe('Why it brought none: a code of the domain, such as TIMEOUT.'),
  at: timestamp.nullable(),
  until: timestamp.nullable().describe('Until when it is not asked; null when that is unknown, or it is asked.'),
})

/** How late the feeds of a group are that matters to `/health/data`. */
const group = z.looseObject({
  name: z.string(),
  total: count,
  late: count,
  may_be_late_pct: z.number().min(0).max(100).describe('The share of its feeds that may be late, in percent.'),
  ok: z.boolean().describe('Whether no more are late than may be.'),
})

/** `GET /freshness`: a page of the feeds and how fresh each is, from one snapshot. */
export const freshness: z.ZodType<FreshnessView> = paged(freshnessHeadView.schema, feedBlock.shape)

/** The same for a host whose sources declare exactly this. */
export function freshnessFor(declared: Declared): z.ZodType<FreshnessView> {
  const attributes = (declared.feedAttributes ?? []).map((one) => [one.name, schemaOfAttribute(one)] as const)
  const head = freshnessHeadView.schemaFor(declared)
  return paged(head, { ...feedBlock.shapeFor(declared), ...Object.fromEntries(attributes) })
}

function paged(head: z.ZodType<FreshnessHead>, feed: Readonly<Record<string, z.ZodType>>): z.ZodType<FreshnessView> {
  const listed = z.looseObject({
    ...(feed as typeof feedBlock.shape),
    attempts: z
      .array(attempt)
      .describe(
        'What became of the last try at each provider that brought no data, in the order in which they are asked.',
      ),
  })
  const page = z.looseObject({
    total: count.nullable().describe('The feeds that were asked for, on all pages; null when they could not be read.'),
    items: z.array(listed).nullable(),
    reasons: z.record(z.string(), z.string()).describe('A sentence for each reason on this page, by its code.'),
    groups: z.array(group).nullable().describe('What matters to /health/data; null where the host names no groups.'),
    next_cursor: z.string().nullable(),
    explain: metricExplanation.optional(),
  })
  return head.and(page) as z.ZodType<FreshnessView>
}

export interface FreshnessView extends FreshnessHead {
  /** The feeds that were asked for, on all pages; `null` when they could not be read. */
  readonly total: number | null
  readonly items: readonly ListedFeedView[] | null
  /** A sentence for each reason on this page, by its code. */
  readonly reasons: Readonly<Record<string, string>>
  /** What matters to `/health/data`; `null` where the host names no groups. */
  readonly groups: readonly FeedGroupView[] | null
  /** The `cursor` of the next page; `null` at the end. */
  readonly next_cursor: string | null
  /** With `?explain=<id>`, how that number of each feed on the page came about. */
  readonly explain?: MetricExplanationView | undefined
}

/** A feed with what the list alone tells. Each attribute that the host declares is a field more, such as `venue`. */
export interface ListedFeedView extends FeedView {
  /** What became of the last try at each provider that brought no data, in the order in which they are asked. */
  readonly attempts: readonly FeedAttemptView[]
  readonly [attribute: string]: unknown
}

export interface FeedAttemptView {
  readonly provider: string | null
  readonly code: string
  readonly at: string | null
  readonly until: string | null
}

export interface FeedGroupView {
  readonly name: string
  readonly total: number
  readonly late: number
  readonly may_be_late_pct: number
  readonly ok: boolean
}
