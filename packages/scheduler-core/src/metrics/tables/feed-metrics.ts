import type { FeedWord } from '../../ports/feeds.ts'
import { gauge, instant } from './rows.ts'

/** How fresh the feeds are, one by one and counted. */
export const FEED_METRICS = {
  feed_event_time: {
    ...instant('feed', 'eventAt'),
    title: 'Event time',
    help: "The provider's own time of what it delivered last: never when it was fetched.",
  },
  feed_asked_at: {
    ...instant('feed', 'askedAt'),
    title: 'Asked',
    help: 'When somebody last tried to get the data of the feed; null when nobody has, or the host does not tell.',
  },
  feed_answered_at: {
    ...instant('feed', 'answeredAt'),
    title: 'Answered',
    help: 'When a provider last answered about the feed, with data or without.',
  },
  feed_missing_since: {
    ...instant('feed', 'missingSince'),
    title: 'Missing since',
    help: 'The first try since the last data that brought none; null when the last try brought some.',
  },
  feed_unanswered_asks: {
    ...gauge('feed', 'unansweredAsks', 'calls'),
    title: 'Tries without data',
    help: 'How many tries have brought no data since the last that did.',
  },
  feed_fetched_at: { ...instant('feed', 'fetchedAt'), title: 'Fetched', help: 'When the feed was last fetched.' },
  feed_changed_at: { ...instant('feed', 'changedAt'), title: 'Changed', help: "When the feed's value last changed." },
  feed_expected_by: {
    ...instant('feed', 'expectedBy'),
    title: 'Expected by',
    help: "When the next event is due at the latest, by the exchange's calendar; null when none is.",
  },
  feed_age_seconds: {
    ...gauge('feed', 'ageMs', 'seconds'),
    title: 'Age of a feed',
    help: "From the event time to the snapshot's instant, in whole seconds; never negative.",
  },
  feed_attainment_pct: {
    ...gauge('feed', 'attainmentPct', 'percent'),
    kind: 'ratio',
    counts: 'updates',
    title: 'Attainment',
    help: 'Of the updates that were due in the recent window, those that had come in time, in percent.',
  },
  feeds_total: {
    ...counted('total'),
    title: 'Feeds',
    help: 'How many feeds there are; null when they could not be read.',
  },
  feeds_fresh: { ...counted('fresh'), title: 'Fresh feeds', help: 'Feeds that are as fresh as they should be.' },
  feeds_stale: { ...counted('stale'), title: 'Stale feeds', help: 'Feeds that are late.' },
  feeds_expired: {
    ...counted('expired'),
    title: 'Expired feeds',
    help: 'Feeds so late that their value should not be used.',
  },
  feeds_unknown: { ...counted('unknown'), title: 'Unknown feeds', help: 'Feeds of which nothing can be said.' },
} as const

/** The metric that counts the feeds with a status that the host's source declares. */
export function feedWordMetric({ word, title, help }: FeedWord) {
  return { ...counted(word), title, help }
}

function counted<const F extends string>(status: F) {
  return gauge('feeds', status, 'feeds')
}
