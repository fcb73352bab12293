import * as z from 'zod'

import type { Declared } from '../ports/declared.ts'
import { feedBlock } from '../status/blocks.ts'
import { type FreshnessHead, freshnessHeadView } from '../status/freshness-view.ts'
import type { FeedView } from '../status/shapes.ts'
import { count } from '../view/fields.ts'
import { type MetricExplanationView, metricExplanation } from '../view/metric-explanation.ts'

/** `GET /freshness`: a page of the feeds and how fresh each is, from one snapshot. */
export const freshness: z.ZodType<FreshnessView> = paged(freshnessHeadView.schema, feedBlock.shape)

/** The same for a host whose sources declare exactly this. */
export function freshnessFor(declared: Declared): z.ZodType<FreshnessView> {
  return paged(freshnessHeadView.schemaFor(declared), feedBlock.shapeFor(declared))
}

function paged(head: z.ZodType<FreshnessHead>, feed: typeof feedBlock.shape): z.ZodType<FreshnessView> {
  const page = z.looseObject({
    total: count.nullable().describe('The feeds that were asked for, on all pages; null when they could not be read.'),
    items: z.array(z.looseObject(feed)).nullable(),
    next_cursor: z.string().nullable(),
    explain: metricExplanation.optional(),
  })
  return head.and(page)
}

export interface FreshnessView extends FreshnessHead {
  /** The feeds that were asked for, on all pages; `null` when they could not be read. */
  readonly total: number | null
  readonly items: readonly FeedView[] | null
  /** The `cursor` of the next page; `null` at the end. */
  readonly next_cursor: string | null
  /** With `?explain=<id>`, how that number of each feed on the page came about. */
  readonly explain?: MetricExplanationView | undefined
}
