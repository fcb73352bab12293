import type { Scheduler } from '@pm/scheduler-core'

import type { PriceStatus, PriceStatusSource } from './price-status.ts'

/** The statuses of the scheduler's feeds, from the snapshot that `GET /freshness` answers from as well. Never rejects. */
export function feedStatuses(scheduler: Pick<Scheduler, 'snapshot'>): PriceStatusSource {
  return {
    async read() {
      const reading = await scheduler.snapshot().catch(() => null)
      const items = reading?.snapshot.feeds.items ?? null
      return items === null ? null : new Map(items.map((feed) => [feed.feed, statusOf(feed)]))
    },
  }
}

/** A source of feeds may give reasons. */
function statusOf(feed: { readonly status: string; readonly reason?: string | null }): PriceStatus {
  return { status: feed.status, reason: feed.reason ?? null }
}
