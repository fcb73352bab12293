import { describe, expect, it } from 'vitest'

import { toFreshness } from '../src/http/views/feed-list.ts'
import { toJobList } from '../src/http/views/job-list.ts'
import { toAdminStatusV2, toMarketDataStatusV2 } from '../src/status/to-status.ts'
import { crowdedSnapshot, nameOf } from './crowd.ts'

const MOST_BYTES = 45 * 1_024

function bytesOf(answer: object): number {
  return Buffer.byteLength(JSON.stringify(answer))
}

describe.each([10, 10_000])('With %i jobs that all fail, 1,800 dead instances and names of 64 characters', (jobs) => {
  const reading = { snapshot: crowdedSnapshot({ jobs, feeds: jobs }), stale: false, ageMs: 0 }

  it('the status of version 2 takes at most 45 KB, for operations', () => {
    const status = toAdminStatusV2(reading)
    expect(bytesOf(status)).toBeLessThanOrEqual(MOST_BYTES)
    const all = {
      total: jobs,
      ok: 0,
      failing: jobs,
      overdue: jobs,
      no_worker: jobs,
      running_long: jobs,
      paused: 0,
      running: jobs,
      queued: jobs,
      retired: 0,
    }
    expect(status.jobs).toEqual(all)
    expect(status.attention.total).toBe(jobs)
    expect(status.attention.items).toHaveLength(Math.min(50, jobs))
    expect(status.attention.items[0]).toMatchObject({
      name: nameOf(0),
      conditions: ['failing', 'overdue', 'no_worker', 'running_long'],
      consecutive_failures: 98_765,
    })
    // The dead ones are gone: they died more than five minutes ago.
    expect(status.instances).toMatchObject({ total: 30, live: 30 })
    expect(status.instances.items).toHaveLength(20)
    expect(status.sessions.held).toHaveLength(10)
  })

  it('and for the users of the data, with as many expired feeds as jobs', () => {
    const status = toMarketDataStatusV2(reading)
    expect(bytesOf(status)).toBeLessThanOrEqual(MOST_BYTES)
    expect(status.feeds_attention.total).toBe(jobs)
    expect(status.feeds_attention.items).toHaveLength(Math.min(50, jobs))
    // The one whose update has been due longest.
    expect(status.feeds_attention.items?.[0]).toMatchObject({ feed: nameOf(0), status: 'expired' })
  })

  it('a walk of the pages meets every job and every feed once', () => {
    const limit = Math.max(3, jobs / 10)
    const names = new Set<string>()
    let cursor: string | undefined
    do {
      const page = toJobList(reading, { limit, order: '-p95_duration_ms', cursor, fields: ['name'] })
      for (const { name } of page.items) names.add(name)
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(names.size).toBe(jobs)
    const feeds = new Set<string>()
    do {
      const page = toFreshness(reading, { limit, cursor, fields: ['feed'] })
      for (const { feed } of page.items ?? []) feeds.add(feed)
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(feeds.size).toBe(jobs)
  })
})
