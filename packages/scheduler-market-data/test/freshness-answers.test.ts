import { adminStatusV1, marketDataStatusV1 } from '@pm/scheduler-core/contract/v1'
import { toOpenApi } from '@pm/scheduler-core/http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { FEED_REASONS, MARKET_CLOSED } from '../src/index.ts'
import { PROVIDERS } from './every-reason/feeds.ts'
import { type Feed, openList, type Query } from './every-reason/open-list.ts'

const REASONS = FEED_REASONS.map(({ code }) => code)
const STATUSES = ['fresh', 'stale', 'expired', MARKET_CLOSED.word, 'unknown']
const ORDERS = ['lateness', 'feed', 'age_seconds', 'attainment_pct'].flatMap((word) => [word, `-${word}`])

/** What each filter means, in terms of the answer itself. */
const FILTERS: Readonly<Record<string, (feed: Feed, value: string) => boolean>> = {
  status: ({ status }, value) => value.split(',').includes(status),
  reason: ({ reason }, value) => value.split(',').includes(reason ?? ''),
  provider: ({ provider }, value) => provider === value,
  venue: (feed, value) => feed['venue'] === value,
  unit: (feed, value) => feed['unit'] === value,
  instrument_type: (feed, value) => feed['instrument_type'] === value,
  search: ({ provider, feed }, value) => `${provider}\n${feed}`.toLowerCase().includes(value.toLowerCase()),
}

function isWanted(feed: Feed, query: Query): boolean {
  return Object.entries(query).every(([name, value]) => FILTERS[name]?.(feed, value) ?? true)
}

function valuesOf(feeds: readonly Feed[], name: string): readonly string[] {
  return [...new Set(feeds.map((feed) => feed[name]))].filter((value) => typeof value === 'string')
}

function nameOf({ provider, feed }: Feed): string {
  return `${feed} ${provider}`
}

describe('the list of feeds', () => {
  it('has every status and every reason, and each feed has the reason that was brought about', async () => {
    const { readAll, read } = await openList()
    const feeds = await readAll()
    expect(feeds).toHaveLength(69)
    for (const { feed, reason } of feeds) expect(feed).toContain(reason?.toUpperCase().replaceAll('_', '-'))
    expect(new Set(valuesOf(feeds, 'reason'))).toEqual(new Set(REASONS))
    expect(new Set(valuesOf(feeds, 'status'))).toEqual(new Set(STATUSES))
    const { feeds_by_status } = await read({})
    for (const status of STATUSES) expect(feeds_by_status).toHaveProperty(status, (await readAll({ status })).length)
  })

  it('answers each value of each filter with the feeds that have it, and an unknown one with none', async () => {
    const { readAll } = await openList()
    const feeds = await readAll()
    const names = ['status', 'reason', 'provider', 'venue', 'unit', 'instrument_type']
    const values = names.map((name) => [name, valuesOf(feeds, name)] as const)
    expect(values.map(([, { length }]) => length)).toEqual([5, 23, 3, 9, 2, 1])
    const unknown = [
      ['provider', ['nobody', 'Yahoo']],
      ['venue', ['xlon', 'XNONE']],
      ['unit', ['GBP', 'gbp']],
    ] as const
    for (const [name, all] of [...values, ...unknown, ['search', ['time', 'VANT', '.2', 'nowhere']] as const])
      for (const value of all)
        expect(await readAll({ [name]: value }), `${name}=${value}`).toEqual(
          feeds.filter((feed) => isWanted(feed, { [name]: value })),
        )
  })

  it.each(ORDERS)('has an order by %s, with what has no value at its end', async (order) => {
    const { readAll } = await openList()
    const field = order.replace('-', '').replace('lateness', 'expected_by')
    const values = (await readAll({ order })).map((feed) => feed[field] as string | number | null)
    const known = values.filter((value) => value !== null)
    const sign = order.startsWith('-') ? -1 : 1
    expect(new Set(known).size).toBeGreaterThan(1)
    expect(known).toEqual(known.toSorted((a, b) => sign * (a < b ? -1 : Number(a > b))))
    expect(values.slice(known.length).every((value) => value === null)).toBe(true)
  })

  it('meets each feed once on its pages, with any filters, order, fields and size of a page', async () => {
    const { readAll, walk } = await openList()
    const feeds = await readAll()
    const some = (words: readonly string[]) => fc.subarray([...words], { minLength: 1 }).map(String)
    const asked = {
      status: some(STATUSES),
      reason: some(REASONS),
      provider: fc.constantFrom(...PROVIDERS),
      venue: fc.constantFrom(...valuesOf(feeds, 'venue')),
      unit: fc.constantFrom('USD', 'GBp'),
      search: fc.constantFrom('no', 'E', 'yahoo', '-'),
      order: fc.constantFrom(...ORDERS),
      explain: fc.constantFrom('feed_age_seconds', 'attainment_pct'),
      fields: some(Object.keys(feeds[0] ?? {})),
    }
    const query = fc.record(asked, { requiredKeys: [] })
    await fc.assert(
      fc.asyncProperty(query, fc.constantFrom('3', '7', '23', '68', '1000'), async (given, limit) => {
        const wanted = await readAll(given)
        expect(await walk({ ...given, limit })).toEqual(wanted)
        const names = feeds.filter((feed) => isWanted(feed, given)).map(nameOf)
        expect(wanted.map(nameOf).toSorted()).toEqual(names.toSorted())
      }),
      { numRuns: 60 },
    )
  })

  it('is told in the document that the host serves', async () => {
    const { get, routes } = await openList()
    const document = toOpenApi({ view: 'market-data', version: 'v2', routes })
    expect(JSON.parse((await get('/openapi.json')).text)).toEqual(JSON.parse(JSON.stringify(document)))
  })
})

describe('a wrong query of the list', () => {
  const wrong: readonly (readonly [query: Query, path: string, meant: string | null])[] = [
    [{ status: 'fresh,stael' }, 'query.status', 'stale'],
    [{ status: 'market-closed' }, 'query.status', 'market_closed'],
    [{ reason: 'no_price_tody' }, 'query.reason', 'no_price_today'],
    [{ order: '-latenes' }, 'query.order', '-lateness'],
    [{ fields: 'feed,venu' }, 'query.fields', 'venue'],
    [{ vneue: 'XLON' }, 'query', 'venue'],
    [{ units: 'GBp' }, 'query', 'unit'],
    [{ calendar: 'XLON' }, 'query', null],
    [{ venue: '' }, 'query.venue', null],
    [{ unit: 'x'.repeat(257) }, 'query.unit', null],
    [{ provider: 'x'.repeat(257) }, 'query.provider', null],
    [{ search: '' }, 'query.search', null],
    [{ limit: '0' }, 'query.limit', null],
    [{ limit: '1001' }, 'query.limit', null],
    [{ explain: 'feed_age_secnds' }, 'query.explain', 'feed_age_seconds'],
    [{ cursor: 'of another list' }, 'query.cursor', null],
  ]

  it.each(wrong)('%o is a problem that names the parameter, and what was meant', async (query, path, meant) => {
    const { refused } = await openList()
    const detail = await refused(query)
    expect(detail.slice(0, path.length + 11)).toBe(`${path}: expected `)
    expect(/Did you mean "(.*)"\?$/.exec(detail)?.[1] ?? null).toBe(meant)
  })

  it('is also the cursor of another order', async () => {
    const { read, refused } = await openList()
    const { next_cursor } = await read({ limit: '5', order: 'feed' })
    expect(await refused({ limit: '5', order: '-feed', cursor: String(next_cursor) })).toMatch(/^query\.cursor: /)
  })
})

it.each([
  ['admin', adminStatusV1],
  ['market-data', marketDataStatusV1],
] as const)('version 1 of the %s status has no key that the frozen one has not', async (view, frozen) => {
  const { get } = await openList()
  const { status, text } = await get('/status', view)
  expect(status).toBe(200)
  // The schema drops what it does not know.
  expect(frozen.parse(JSON.parse(text))).toEqual(JSON.parse(text))
})
