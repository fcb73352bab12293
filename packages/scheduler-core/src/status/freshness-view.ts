import { each, fact, feedCounts, metric } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { envelope } from './blocks.ts'

/** How fresh the feeds are, wherever that is told. */
export const feedFields = {
  feeds_error: fact('feeds_error'),
  feeds_by_status: feedCounts(),
  feeds: each('feed', {
    provider: fact('feed_provider'),
    feed: fact('feed_name'),
    status: fact('feed_status'),
    event_time: metric('feed_event_time'),
    fetched_at: metric('feed_fetched_at'),
    changed_at: metric('feed_changed_at'),
    expected_by: metric('feed_expected_by'),
    age_seconds: metric('feed_age_seconds'),
    attainment_pct: metric('feed_attainment_pct'),
  }),
} as const

/** `GET /freshness`: the feeds alone, the same under every version. */
export const freshnessView = defineView({
  name: 'Freshness',
  audience: 'market-data',
  fields: { ...envelope, ...feedFields },
})

export type FreshnessView = ResponseOf<typeof freshnessView>
