import { createManualClock } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

import { createFetchHandler } from '../src/http/index.ts'
import {
  createMemoryBackend,
  createScheduler,
  every,
  type ProviderAttribute,
  type ProviderDescription,
  type ProvidersSource,
} from '../src/index.ts'
import { declaredBy } from '../src/reading/snapshot.ts'
import { providersView } from '../src/status/providers-view.ts'
import { toMarketDataStatus, toMarketDataStatusV2 } from '../src/status/to-status.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')
/** Made up, and in two parts. */
const SECRET = ['roof', 'key', '4711'].join('-')

/** A domain without any word of market data. */
const ATTRIBUTES: readonly ProviderAttribute[] = [
  { name: 'power_note', kind: 'text', help: 'What a person wrote of its power.' },
  { name: 'is_wet', kind: 'flag', help: 'Whether it stands in water.' },
  { name: 'dark_until', kind: 'instant', help: 'Until when it sends nothing.' },
]
const POWER = { name: 'power', states: ['mains', 'battery'], title: 'Power', help: 'What it runs on.' } as const

function create(source: Partial<ProvidersSource>) {
  return createScheduler({
    name: 'sensors',
    clock: createManualClock({ startAt: NOW }),
    jobs: [{ name: 'measure', schedule: every({ minutes: 1 }), handler: () => {} }],
    providers: { describe: () => [], conditions: [POWER], attributes: ATTRIBUTES, ...source },
    secrets: [SECRET],
    ...createMemoryBackend(),
  })
}

/** The only sensor, described with these values. */
async function open(attributes: unknown) {
  const sensor = { name: 'roof', enabled: true, apiKeyConfigured: null, conditions: { power: 'battery' }, attributes }
  const scheduler = create({ describe: () => [sensor as ProviderDescription] })
  await scheduler.open()
  onTestFinished(() => scheduler.close())
  return { scheduler, reading: await scheduler.snapshot() }
}

it('a provider tells what its source declares, after its conditions, in every view but those of version 1', async () => {
  const { reading, scheduler } = await open({
    ...{ power_note: `changed with ${SECRET}`, is_wet: true, dark_until: NOW + 60_000 },
    ...{ colour: 'red' },
  })
  const [sensor] = providersView.project(reading).items
  expect(Object.keys(sensor ?? {}).slice(-5)).toEqual(['power', 'power_note', 'is_wet', 'dark_until', 'windows'])
  expect(sensor).toMatchObject({ power: 'battery', is_wet: true, dark_until: '2026-03-10T12:01:00.000Z' })
  expect(sensor?.['power_note']).toMatch(/^changed with /)
  expect(toMarketDataStatusV2(reading).providers.items).toEqual([sensor])
  expect(JSON.stringify(providersView.project(reading))).not.toMatch(/roof-key|colour/)
  expect(JSON.stringify(toMarketDataStatus(reading.snapshot))).not.toMatch(/is_wet|dark_until/)
  const schema = providersView.schemaFor(declaredBy(reading.snapshot))
  expect(schema.parse(providersView.project(reading)).items).toEqual([sensor])
  expect(scheduler.providerAttributes).toEqual(ATTRIBUTES)
})

it.each([
  ['nothing', undefined],
  ['null', null],
  ['values of other kinds', { power_note: 5, is_wet: 'yes', dark_until: Number.NaN }],
])('what is not told as declared is null: %s', async (_name, attributes) => {
  const { reading } = await open(attributes)
  const [sensor] = providersView.project(reading).items
  expect(sensor).toMatchObject({ power: 'battery', power_note: null, is_wet: null, dark_until: null })
})

it('the list of providers may be asked for them alone', async () => {
  const { scheduler } = await open({ is_wet: false })
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const handler = createFetchHandler(scheduler, { view: 'market-data', authorize })
  const ask = async (fields: string) =>
    (await handler(new Request(`http://sensors.example/providers?fields=${fields}`))).json() as Promise<object>
  expect(await ask('is_wet')).toMatchObject({ items: [{ name: 'roof', is_wet: false }] })
  expect(await ask('colour')).toMatchObject({ code: 'INVALID_REQUEST' })
})

const A = { name: 'a', kind: 'text', help: 'Something.' } as const
it.each<readonly [string, readonly unknown[]]>([
  ['attributes[0].name', [{ ...A, name: 'windows' }]],
  ['attributes[0].name', [{ ...A, name: 'No name' }]],
  ['attributes[0].kind', [{ ...A, kind: 'number' }]],
  ['attributes', [A, A]],
  ['attributes', [{ ...A, name: 'power' }]],
])('refuses a wrong declaration: %s', (path, attributes) => {
  expect(() => create({ attributes: attributes as readonly ProviderAttribute[] })).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ path: `scheduler.providers.${path}` }),
    }),
  )
})
