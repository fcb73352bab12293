import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it, onTestFinished } from 'vitest'

import { freshnessFor } from '../src/contract/freshness.ts'
import { freshness, marketDataStatusV2 } from '../src/contract/v2.ts'
import { toOpenApi } from '../src/http/service/openapi.ts'
import { routesOf } from '../src/http/service/views-of.ts'
import { toFreshness } from '../src/http/views/feed-list.ts'
import {
  createMemoryBackend,
  createScheduler,
  type Declared,
  defineMetric,
  every,
  type FeedWord,
  toMarketDataStatusV2,
} from '../src/index.ts'
import { definitionsFor } from '../src/metrics/definitions.ts'
import { METRICS } from '../src/metrics/metrics.ts'
import { toMetricFamilies } from '../src/monitoring/prometheus/index.ts'
import { NOTHING_DECLARED } from '../src/ports/declared.ts'
import { declaredBy } from '../src/reading/snapshot.ts'
import { explainMetric } from '../src/view/explain.ts'

const ASLEEP = { word: 'asleep', title: 'Sensors asleep', help: 'Sensors that nobody expects to measure.' } as const
const described = { title: 'Own', help: 'Of the host.', unit: 'items', read: () => 1 } as const

/** A host whose feeds are sensors, each with one of the given statuses; `null` for a host without feeds. */
function schedulerOf(statuses: readonly ('fresh' | 'asleep')[] | null, words: readonly FeedWord[] = [ASLEEP]) {
  const times = { eventAt: null, fetchedAt: null, changedAt: null }
  return createScheduler({
    name: 'sensors',
    clock: createManualClock(),
    jobs: [{ name: 'measure', schedule: every({ minutes: 1 }), handler: () => {} }],
    metrics: [defineMetric({ ...described, id: 'feeds_own' })],
    ...(statuses && {
      feeds: {
        words,
        read: async () => statuses.map((_status, index) => ({ provider: 'roof', feed: String(index), ...times })),
        judge: ({ feed }: { readonly feed: string }) => ({
          status: statuses[Number(feed)] ?? 'fresh',
          expectedBy: null,
        }),
      },
    }),
    ...createMemoryBackend(),
  })
}

async function readingOf(...host: Parameters<typeof schedulerOf>) {
  const scheduler = schedulerOf(...host)
  await scheduler.open()
  onTestFinished(() => scheduler.close())
  return scheduler.snapshot()
}

describe("a word of the host's own for feeds of which nothing is due", () => {
  const reading = () => readingOf(['fresh', 'asleep', 'asleep'])

  it('is counted beside the grades in every view, and satisfies the contract of every client', async () => {
    const counts = { total: 3, fresh: 1, stale: 0, expired: 0, asleep: 2, unknown: 0 }
    const fresh = toFreshness(await reading(), {})
    expect(fresh.items?.map(({ status }) => status)).toEqual(['fresh', 'asleep', 'asleep'])
    for (const answer of [fresh, toMarketDataStatusV2(await reading())])
      expect(Object.entries(answer.feeds_by_status)).toEqual(Object.entries(counts))
    for (const schema of [freshness, freshnessFor({ feedWords: [ASLEEP], providerConditions: [] })]) schema.parse(fresh)
    expect(marketDataStatusV2.parse(toMarketDataStatusV2(await reading())).feeds_by_status).toEqual(counts)
  })

  it('has a metric: defined, explained and published like every other', async () => {
    const { snapshot, ...rest } = await reading()
    const definitions = definitionsFor('market-data', [], declaredBy(snapshot))
    const index = definitions.findIndex(({ id }) => id === 'feeds_asleep')
    expect(definitions[index]).toMatchObject({ formula: 'asleep of the feeds', unit: 'feeds', help: ASLEEP.help })
    expect(definitions[index + 1]?.id).toBe('feeds_unknown')
    const explained = explainMetric('feeds_asleep', { reading: { snapshot, ...rest }, audience: 'market-data' })
    expect(explained?.values).toMatchObject([{ of: 'all', value: 2 }])
    const family = toMetricFamilies({ snapshot, ...rest }).find(({ name }) => name === 'scheduler_feeds_asleep')
    expect(family?.samples).toEqual([{ name: 'scheduler_feeds_asleep', labels: { scheduler: 'sensors' }, value: 2 }])
  })

  it("is in the document of the host's own router, and no other word is", () => {
    const document = (declared: Declared) =>
      JSON.stringify(toOpenApi({ view: 'market-data', routes: routesOf({ view: 'market-data', declared }) }))
    const scheduler = schedulerOf(['fresh'])
    expect(document(scheduler)).toContain('"enum":["fresh","stale","expired","asleep","unknown"]')
    expect(document(NOTHING_DECLARED)).toContain('"enum":["fresh","stale","expired","unknown"]')
    expect(document(scheduler)).not.toContain('market_closed')
  })

  it('is not there for a host without feeds, nor is any word of market data', async () => {
    const { snapshot, ...rest } = await readingOf(null)
    expect(snapshot.feeds).toEqual({
      items: [],
      error: null,
      counts: { total: 0, fresh: 0, stale: 0, expired: 0, unknown: 0 },
      words: [],
    })
    expect(JSON.stringify(definitionsFor('admin', [], declaredBy(snapshot)))).not.toContain('market_closed')
    expect(JSON.stringify(toMarketDataStatusV2({ snapshot, ...rest }))).not.toContain('market_closed')
    expect(Object.keys(METRICS)).not.toContain('feeds_market_closed')
  })

  it('is part of the version of the definitions', async () => {
    const [one, other] = await Promise.all([readingOf(['fresh']), readingOf(null)])
    expect(one.snapshot.definitionsVersion).not.toBe(other.snapshot.definitionsVersion)
  })
})

it.each([
  ['a grade', [{ ...ASLEEP, word: 'stale' }], 'scheduler.feeds.words[0].word'],
  ['the name of their sum', [{ ...ASLEEP, word: 'total' }], 'scheduler.feeds.words[0].word'],
  ['a word that no metric could have in its id', [{ ...ASLEEP, word: 'Fast asleep' }], 'scheduler.feeds.words[0].word'],
  ['a word twice', [ASLEEP, ASLEEP], 'scheduler.feeds.words[1].word'],
  ['a word without help', [{ ...ASLEEP, help: '' }], 'scheduler.feeds.words[0].help'],
  ["a word whose metric is one of the host's own", [{ ...ASLEEP, word: 'own' }], 'scheduler.metrics[0].id'],
])('feeds are refused %s', (_what, words, path) => {
  expect(() => schedulerOf(['fresh'], words)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
  )
})
