import { createManualClock } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

import { freshnessFor } from '../src/contract/freshness.ts'
import type { FreshnessView } from '../src/contract/v2.ts'
import { freshness } from '../src/contract/v2.ts'
import { createFetchHandler } from '../src/http/index.ts'
import { createMemoryBackend, createScheduler, every, type FeedsSource } from '../src/index.ts'
import { declaredBy } from '../src/reading/snapshot.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')
/** Made up, and in two parts. */
const SECRET = ['roof', 'key', '4711'].join('-')
const NEVER = { eventAt: null, fetchedAt: null, changedAt: null }

/** Two sensors of a roof and one of the cellar: a domain without any word of market data. */
const SENSORS: FeedsSource<object> = {
  attributes: [
    { name: 'floor', kind: 'text', help: 'Where the sensor hangs.', isFilter: true },
    { name: 'note', kind: 'text', help: 'What a person wrote.' },
    { name: 'wet', kind: 'flag', help: 'Whether it measures in water.' },
    { name: 'height', kind: 'number', help: 'Metres above the street.' },
    { name: 'serviced_at', kind: 'instant', help: 'When a person last looked at it.' },
  ],
  reasons: [
    { code: 'just_measured', sentence: 'It measured as it should.' },
    { code: 'battery_low', sentence: 'Its battery is low.' },
    { code: 'stolen', sentence: 'It is gone.' },
  ],
  groups: [{ name: 'the roof', includes: ({ attributes }) => attributes?.['floor'] === 'roof', mayBeLate: 0.5 }],
  read: async () => [
    {
      ...{ provider: 'wind', feed: 'a', eventAt: NOW - 1_000, fetchedAt: NOW, changedAt: null, askedAt: NOW },
      attributes: { floor: 'roof', wet: true, height: 21.5, serviced_at: NOW - 86_400_000, colour: 'red' },
    },
    {
      ...{ provider: 'wind', feed: 'b', ...NEVER, askedAt: NOW, answeredAt: NOW - 5, missingSince: NOW - 60_000 },
      unansweredAsks: 3,
      attempts: [
        { provider: 'radio', code: 'NO_SIGNAL', at: NOW - 5 },
        { provider: 'cable', code: 'a text of the provider', at: NOW, until: NOW + 60_000 },
        { provider: null, code: 'NOBODY_ASKED', at: Number.NaN, until: Number.POSITIVE_INFINITY },
      ],
      attributes: { floor: 'roof', height: Number.NaN, wet: null },
    },
    { provider: 'wind', feed: 'c', ...NEVER, attributes: { floor: 'cellar', note: `opened with ${SECRET}` } },
  ],
  judge: ({ feed }) =>
    feed === 'a'
      ? { status: 'fresh', expectedBy: null, reason: 'just_measured', attributes: { height: 22 } }
      : { status: 'unknown', expectedBy: null, reason: feed === 'b' ? 'battery_low' : 'undeclared' },
}

async function open() {
  const scheduler = createScheduler({
    name: 'sensors',
    clock: createManualClock({ startAt: NOW }),
    jobs: [{ name: 'measure', schedule: every({ minutes: 1 }), handler: () => {} }],
    feeds: SENSORS,
    secrets: [SECRET],
    ...createMemoryBackend(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close())
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const reads = createFetchHandler(scheduler, { view: 'market-data', authorize })
  const probes = createFetchHandler(scheduler, { view: 'health', authorize })
  const get = async (handler: typeof reads, path: string): Promise<unknown> =>
    (await handler(new Request(`http://sensors.example${path}`))).json()
  return {
    scheduler,
    read: async (path: string) => (await get(reads, path)) as FreshnessView & { readonly code?: string },
    probe: () => get(probes, '/health/data'),
  }
}

it('tells of each feed why it has its status, how it was asked for, and what its domain declares', async () => {
  const { scheduler, read } = await open()
  const answer = await read('/freshness?order=feed')
  expect(answer.items?.[0]).toMatchObject({
    ...{ feed: 'a', reason: 'just_measured', asked_at: '2026-03-10T12:00:00.000Z', answered_at: null },
    ...{ floor: 'roof', wet: true, height: 22, serviced_at: '2026-03-09T12:00:00.000Z', attempts: [] },
  })
  expect(answer.items?.[0]).not.toHaveProperty('colour')
  expect(answer.items?.[1]).toMatchObject({
    ...{ reason: 'battery_low', answered_at: '2026-03-10T11:59:59.995Z', missing_since: '2026-03-10T11:59:00.000Z' },
    ...{ unanswered_asks: 3, wet: null, height: null, serviced_at: null },
    attempts: [
      { provider: 'radio', code: 'NO_SIGNAL', at: '2026-03-10T11:59:59.995Z', until: null },
      { provider: 'cable', code: 'OTHER', at: '2026-03-10T12:00:00.000Z', until: '2026-03-10T12:01:00.000Z' },
      { provider: null, code: 'NOBODY_ASKED', at: null, until: null },
    ],
  })
  expect(answer.items?.[2]?.['note']).toMatch(/^opened with /)
  expect(JSON.stringify(answer)).not.toContain(SECRET)
  expect(answer.items?.[2]).toMatchObject({ reason: null, unanswered_asks: null, attempts: [] })
  expect(answer.reasons).toEqual({ just_measured: 'It measured as it should.', battery_low: 'Its battery is low.' })
  const { snapshot } = await scheduler.snapshot()
  for (const schema of [freshness, freshnessFor(declaredBy(snapshot))]) expect(schema.parse(answer)).toEqual(answer)
})

it('filters by reason and by the attributes that are declared as filters, and refuses others', async () => {
  const { read } = await open()
  const feeds = async (query: string) => {
    const { items, code } = await read(`/freshness?order=feed&${query}`)
    return items?.map(({ feed }) => feed).join('') ?? code
  }
  expect(
    await Promise.all(['floor=roof', 'floor=attic', 'reason=battery_low,stolen', 'floor=roof&status=fresh'].map(feeds)),
  ).toEqual(['ab', '', 'b', 'a'])
  expect(await Promise.all(['height=22', 'reason=none', 'floor='].map(feeds))).toEqual(Array(3).fill('INVALID_REQUEST'))
  const { items } = await read('/freshness?fields=floor,attempts&floor=cellar')
  expect(items).toEqual([{ provider: 'wind', feed: 'c', floor: 'cellar', attempts: [] }])
})

it('judges for the probe what the host says matters', async () => {
  const { read, probe } = await open()
  expect((await read('/freshness')).groups).toEqual([
    { name: 'the roof', total: 2, late: 1, may_be_late_pct: 50, ok: true },
  ])
  expect(await probe()).toEqual({ status: 'pass', reasons: [] })
})

it.each([
  ['feeds.attributes[0].name', { attributes: [{ name: 'status', kind: 'text', help: 'Taken.' }] }],
  [
    'feeds.attributes[0].isFilter',
    { attributes: [{ name: 'height', kind: 'number', help: 'Metres.', isFilter: true }] },
  ],
  ['feeds.reasons[0].code', { reasons: [{ code: 'No code', sentence: 'It is none.' }] }],
  ['feeds.groups[0].mayBeLate', { groups: [{ name: 'all', mayBeLate: 2 }] }],
])('refuses a wrong declaration: %s', (path, change) => {
  const make = () =>
    createScheduler({
      name: 'sensors',
      jobs: [],
      feeds: { ...SENSORS, ...change } as typeof SENSORS,
      ...createMemoryBackend(),
    })
  expect(make).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ path: `scheduler.${path}` }),
    }),
  )
})
