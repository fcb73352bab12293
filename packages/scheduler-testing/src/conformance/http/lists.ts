import type { SchedulerSnapshot } from '@pm/scheduler-core'
import type { FreshnessView, JobListView } from '@pm/scheduler-core/contract/v2'
import type { FeedReading, JobReading } from '@pm/scheduler-core/views'
import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { type HttpScene, openScene } from './scene.ts'
import { JOB, T0 } from './staged-past.ts'
import { snapshotOf } from './staged-snapshot.ts'

/** The pages of jobs and of feeds. Every answer is held against its schema by the scene. */
export function describeLists(serve: ServeHttp): void {
  describe('the pages of jobs', () => {
    it('tell every job once, by name, whatever their size', async () => {
      const scene = await openWithJobs(serve)
      for (const limit of [1, 3, 7, 1_000]) {
        const pages = await walk<JobListView>(scene, 'admin', `/jobs?limit=${limit}`)
        expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(NAMES)
        for (const { total, items } of pages) expect([total, items.length <= limit]).toEqual([NAMES.length, true])
      }
    })

    it('are in the order that was asked for: jobs without a value last, names between equals', async () => {
      const scene = await openWithJobs(serve)
      const ordered = async (order: string) => {
        const pages = await walk<JobListView>(scene, 'admin', `/jobs?limit=2&order=${order}`)
        return pages.flatMap(({ items }) => items.map(({ name }) => name)).join(' ')
      }
      expect(await ordered('-name')).toBe(NAMES.toReversed().join(' '))
      expect(await ordered('-consecutive_failures')).toBe('poll.c poll.b poll.a report.d report.e')
      expect(await ordered('next_run_at')).toBe('poll.a poll.b poll.c report.e report.d')
      expect(await ordered('-next_run_at')).toBe('report.e poll.c poll.b poll.a report.d')
    })

    it('have the jobs that a search finds, in one of the states that were asked for, and count the others', async () => {
      const scene = await openWithJobs(serve)
      const asked = async (query: string) => {
        const { json } = await scene.as('ada', 'admin', `/jobs?${query}`)
        const { items, total, counts } = json as JobListView
        return { names: items.map(({ name }) => name), total, counts }
      }
      expect(await asked('search=POLL&state=failing')).toEqual({
        names: ['poll.b', 'poll.c'],
        total: 2,
        counts: { ...NO_COUNTS, total: 3, ok: 1, failing: 2, overdue: 1, no_worker: 1, running: 1, queued: 1 },
      })
      expect((await asked('state=ok,paused')).names).toEqual(['poll.a', 'report.d', 'report.e'])
      expect((await asked('state=running')).names).toEqual(['poll.b'])
      expect((await asked('state=queued')).names).toEqual(['poll.c'])
      expect((await asked('state=no_worker')).names).toEqual(['poll.c'])
      expect(await asked('search=nothing')).toMatchObject({ names: [], total: 0, counts: { total: 0 } })
    })

    it('have the jobs of a tag or an owner that were asked for, beside the other filters', async () => {
      const scene = await openWithJobs(serve)
      const asked = async (query: string) => {
        const { items, counts } = (await scene.as('ada', 'admin', `/jobs?${query}`)).json as JobListView
        return `${items.map(({ name }) => name).join(' ')}, of ${counts.total}`
      }
      expect(await asked('tag=month-end')).toBe('poll.c report.e, of 2')
      expect(await asked('tag=eu,month-end')).toBe('poll.a poll.c report.e, of 3')
      expect(await asked('tag=month-end&search=poll&state=failing')).toBe('poll.c, of 1')
      expect(await asked('owner=Ledger%20desk')).toBe('report.e, of 1')
      expect(await asked('owner=ledger&tag=eu')).toBe(', of 0')
    })

    it('say what each job is, who answers for it, and where one reads what to do', async () => {
      const scene = await openScene(serve)
      const about = {
        description: 'Fetches the prices.',
        owner: 'market data',
        tags: ['prices', 'yahoo'],
        runbook_url: 'https://wiki.example.com/prices',
      }
      expect((await scene.as('ada', 'admin', `/jobs/${JOB}`)).json).toMatchObject(about)
      expect((await scene.as('ada', 'admin', '/jobs')).json).toMatchObject({ items: [about] })
    })

    it('carry the conditions of each job, worst first', async () => {
      const scene = await openWithJobs(serve)
      const { items } = (await scene.as('ada', 'admin', '/jobs')).json as JobListView
      expect(items.map(({ conditions }) => conditions.join())).toEqual([
        '',
        'failing',
        'failing,overdue,no_worker',
        'paused',
        '',
      ])
    })

    it('have only the fields and windows that were asked for, and always the name', async () => {
      const scene = await openWithJobs(serve)
      const small = (await scene.as('ada', 'admin', '/jobs?limit=1&fields=conditions,windows&window=recent')).json
      const [job] = (small as JobListView).items
      expect(Object.keys(job ?? {})).toEqual(['name', 'conditions', 'windows'])
      expect(Object.keys(job?.windows ?? {})).toEqual(['recent'])
    })

    it('explain a number of each job on the page, and of no other', async () => {
      const scene = await openWithJobs(serve)
      const { explain } = (await scene.as('ada', 'admin', '/jobs?search=poll.a&explain=success_rate'))
        .json as JobListView
      expect(new Set(explain?.values.map(({ of, name }) => `${of} ${name}`))).toEqual(
        new Set(['all null', 'job poll.a']),
      )
    })
  })

  describe('the pages of feeds', () => {
    it('tell every feed once, those first whose update has been due longest', async () => {
      const scene = await openWithFeeds(serve)
      const pages = await walk<FreshnessView>(scene, 'market-data', '/freshness?limit=2')
      expect(pages.flatMap(({ items }) => items?.map(({ feed }) => feed))).toEqual(['D', 'C', 'A', 'B', 'E'])
      for (const page of pages)
        expect(page).toMatchObject({ total: 5, feeds_by_status: { total: 5 }, feeds_error: null })
    })

    it('have the feeds of a provider, a status or a name that were asked for', async () => {
      const scene = await openWithFeeds(serve)
      const asked = async (query: string) => {
        const { items, total } = (await scene.as('ada', 'market-data', `/freshness?${query}`)).json as FreshnessView
        return [total, items?.map(({ feed }) => feed).join('')]
      }
      expect(await asked('provider=alpha_vantage')).toEqual([2, 'DE'])
      expect(await asked('status=stale,off_season')).toEqual([2, 'CE'])
      expect(await asked('search=ALPHA&order=-feed')).toEqual([2, 'ED'])
      expect(await asked('search=b')).toEqual([1, 'B'])
    })

    it('say what kept the feeds from being read, and have none then', async () => {
      const scene = await openScene(serve)
      const counts = { total: null, fresh: null, stale: null, expired: null, off_season: null, unknown: null }
      scene.staged.show({ feeds: { ...snapshotOf(1).feeds, items: null, error: 'FEEDS_FAILED', counts } })
      expect((await scene.as('ada', 'market-data', '/freshness')).json).toMatchObject({
        feeds_error: 'FEEDS_FAILED',
        total: null,
        items: null,
        next_cursor: null,
      })
    })
  })

  describe('the pages', () => {
    it.each([
      ['admin', '/jobs?limit=0'],
      ['admin', '/jobs?limit=1001'],
      ['admin', '/jobs?limit=1e3'],
      ['admin', '/jobs?cursor=x'],
      ['admin', '/jobs?cursor='],
      ['admin', `/jobs?cursor=${'A'.repeat(4_097)}`],
      ['admin', '/jobs?search='],
      ['admin', `/jobs?search=${'x'.repeat(65)}`],
      ['admin', '/jobs?state=failing,'],
      ['admin', '/jobs?tag='],
      ['admin', '/jobs?tag=eu,'],
      ['admin', '/jobs?tag=Month%20End'],
      ['admin', `/jobs?tag=${Array(21).fill('t').join()}`],
      ['admin', '/jobs?owner='],
      ['admin', '/jobs?fields=__proto__'],
      ['admin', '/jobs?window=recent,week'],
      ['market-data', '/freshness?status=closed'],
      ['market-data', '/freshness?order=name'],
      ['market-data', '/freshness?window=recent'],
      ['market-data', '/providers?fields=conditions'],
    ] as const)('of the %s view refuse %s', async (view, path) => {
      const scene = await openScene(serve)
      expect(await scene.as('ada', view, path)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
    })

    it.each([
      ['admin', '/jobs?state=failling', 'failing'],
      ['admin', '/jobs?order=-consecutive_failure', '-consecutive_failures'],
      ['admin', '/jobs?fields=name,condition', 'conditions'],
      ['admin', '/jobs?window=last_hours', 'last_hour'],
      ['market-data', '/freshness?status=stal', 'stale'],
      ['market-data', '/providers?fields=enabld', 'enabled'],
    ] as const)('of the %s view suggest what %s meant', async (view, path, meant) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', view, path)
      expect(answer).toMatchObject({ status: 400, json: { detail: expect.stringContaining(`"${meant}"?`) } })
    })

    it('refuse the cursor of another order', async () => {
      const scene = await openWithJobs(serve)
      const { next_cursor } = (await scene.as('ada', 'admin', '/jobs?limit=1')).json as JobListView
      const answer = await scene.as('ada', 'admin', `/jobs?order=-name&cursor=${next_cursor}`)
      expect(answer).toMatchObject({ status: 400, json: { detail: expect.stringContaining('query.cursor') } })
    })
  })

  describe('a status of version 2', () => {
    it.each(['admin', 'market-data'] as const)(
      'of the %s view has what was asked for, and what identifies it',
      async (view) => {
        const scene = await openScene(serve, { version: 'v2' })
        const small = await scene.as('ada', view, '/status?fields=scheduler,windows&window=recent,last_hour')
        expect(Object.keys(small.json as object)).toEqual([...ENVELOPE, 'scheduler', 'windows'])
        expect(small.json).toMatchObject({ windows: { recent: {}, last_hour: {} } })
        expect(small.json).not.toHaveProperty('windows.lifetime')
        const known = { headers: { 'if-none-match': small.headers.etag ?? '' } }
        expect(
          (await scene.as('ada', view, '/status?window=recent,last_hour&fields=windows,scheduler', known)).status,
        ).toBe(304)
        expect((await scene.as('ada', view, '/status?fields=scheduler', known)).status).toBe(200)
        const whole = await scene.as('ada', view, '/status', known)
        expect(whole.status).toBe(200)
      },
    )

    it('suggests the field that was meant', async () => {
      const scene = await openScene(serve, { version: 'v2' })
      const answer = await scene.as('ada', 'admin', '/status?fields=atention')
      expect(answer).toMatchObject({ status: 400, json: { detail: expect.stringContaining('"attention"?') } })
    })
  })
}

const ENVELOPE = ['snapshot_id', 'as_of', 'stale', 'snapshot_age_seconds', 'definitions_version', 'no_longer_exact']

async function walk<P extends { readonly next_cursor: string | null }>(
  scene: HttpScene,
  view: 'admin' | 'market-data',
  path: string,
): Promise<readonly P[]> {
  const pages: P[] = []
  let next: string | null = null
  do {
    const answer = await scene.as('ada', view, next === null ? path : `${path}&cursor=${next}`)
    expect(answer.status, answer.text).toBe(200)
    const page = answer.json as P
    pages.push(page)
    next = page.next_cursor
  } while (next !== null)
  return pages
}

const PAUSE = { by: 'ada', why: null, at: T0, until: null }

const JOBS: readonly (Partial<JobReading> & { readonly name: string })[] = [
  { name: 'report.e', nextRunAt: T0 + 4, tags: ['month-end'], owner: 'Ledger desk' },
  { name: 'poll.b', consecutiveFailures: 2, conditions: ['failing'], running: 1, nextRunAt: T0 + 2 },
  { name: 'report.d', paused: PAUSE, conditions: ['paused'], nextRunAt: null },
  { name: 'poll.a', nextRunAt: T0 + 1, tags: ['eu', 'prices'] },
  {
    name: 'poll.c',
    consecutiveFailures: 9,
    conditions: ['failing', 'overdue', 'no_worker'],
    queued: 2,
    nextRunAt: T0 + 3,
    tags: ['month-end'],
  },
]

const NAMES = JOBS.map(({ name }) => name).sort()

const NO_COUNTS = {
  total: 0,
  ok: 0,
  failing: 0,
  overdue: 0,
  no_worker: 0,
  running_long: 0,
  paused: 0,
  running: 0,
  queued: 0,
  retired: 0,
}

async function openWithJobs(serve: ServeHttp): Promise<HttpScene> {
  const scene = await openScene(serve)
  const base: SchedulerSnapshot = snapshotOf(1)
  scene.staged.show({ jobs: base.jobs.flatMap((job) => JOBS.map((other) => ({ ...job, ...other }))) })
  return scene
}

const FEEDS: readonly (Partial<FeedReading> & { readonly feed: string })[] = [
  { feed: 'A' },
  { feed: 'B' },
  { feed: 'C', status: 'stale', expectedBy: T0 - 1 },
  { feed: 'D', status: 'expired', expectedBy: T0 - 2, provider: 'alpha_vantage' },
  { feed: 'E', status: 'off_season', expectedBy: null, provider: 'alpha_vantage' },
]

async function openWithFeeds(serve: ServeHttp): Promise<HttpScene> {
  const scene = await openScene(serve)
  const { feeds } = snapshotOf(1)
  const items = (feeds.items ?? []).flatMap((feed) => FEEDS.map((other) => ({ ...feed, ...other })))
  const counts = { total: 5, fresh: 2, stale: 1, expired: 1, off_season: 1, unknown: 0 }
  scene.staged.show({ feeds: { ...feeds, items, counts } })
  return scene
}
