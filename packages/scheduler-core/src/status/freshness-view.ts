import { factField, feedCountsField, listField, metricField } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { envelope } from './blocks.ts'

/** The fields of one feed's freshness, the same in every view. */
export const feedFields = {
  feeds_error: factField('feeds_error'),
  feeds_by_status: feedCountsField(),
  feeds: listField('feed', {
    provider: factField('feed_provider'),
    feed: factField('feed_name'),
    status: factField('feed_status'),
    event_time: metricField('feed_event_time'),
    fetched_at: metricField('feed_fetched_at'),
    changed_at: metricField('feed_changed_at'),
    expected_by: metricField('feed_expected_by'),
    age_seconds: metricField('feed_age_seconds'),
    attainment_pct: metricField('feed_attainment_pct'),
  }),
} as const

/** `GET /freshness`: the feeds alone, the same under every version. */
export const freshnessView = defineView({
  name: 'Freshness',
  audience: 'market-data',
  fields: { ...envelope, ...feedFields },
})

export type FreshnessView = ResponseOf<typeof freshnessView>
