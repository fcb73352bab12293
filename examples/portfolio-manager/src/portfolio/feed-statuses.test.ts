import type { SnapshotReading } from '@pm/scheduler-core'
import { expect, test } from 'vitest'

import { feedStatuses } from './feed-statuses.ts'
import { isWorse } from './price-status.ts'

/** A scheduler of which only the feeds matter. */
function statuses(feeds: object | Error) {
  const reading = { snapshot: { feeds } } as unknown as SnapshotReading
  return feedStatuses({
    snapshot: async () => (feeds instanceof Error ? Promise.reject(feeds) : reading),
  }).read()
}

test('a symbol has the status of its feed, with its reason where there is one', async () => {
  const items = [
    { provider: 'yahoo_finance', feed: 'VOD.L', status: 'market_closed', reason: 'last_close' },
    { provider: 'yahoo_finance', feed: 'AAPL', status: 'fresh' },
  ]
  expect([...((await statuses({ items })) ?? [])]).toEqual([
    ['VOD.L', { status: 'market_closed', reason: 'last_close' }],
    ['AAPL', { status: 'fresh', reason: null }],
  ])
})

test('without feeds, or without a snapshot, nothing is known', async () => {
  expect(await statuses({ items: null })).toBeNull()
  expect(await statuses(new Error('no snapshot'))).toBeNull()
})

test('from best to worst: fresh, market closed, stale, expired, unknown, and any other word', () => {
  const order = ['fresh', 'market_closed', 'stale', 'expired', 'unknown', 'under_repair']
  for (const [index, status] of order.entries()) {
    const worse = order.filter((other) => isWorse({ status: other }, { status }))
    expect(worse).toEqual(order.slice(index + 1))
  }
})
