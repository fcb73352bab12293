import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it, onTestFinished } from 'vitest'

import { adminStatusV2, marketDataStatusV2, providerList } from '../src/contract/v2.ts'
import { toOpenApi } from '../src/http/service/openapi.ts'
import { routesOf } from '../src/http/service/views-of.ts'
import {
  createMemoryBackend,
  createScheduler,
  type Declared,
  defineMetric,
  every,
  type ProviderCondition,
  type ProviderDescription,
  toAdminStatusV2,
  toMarketDataStatusV2,
} from '../src/index.ts'
import { definitionsFor } from '../src/metrics/definitions.ts'
import { METRICS } from '../src/metrics/metrics.ts'
import { instrumentsOf } from '../src/monitoring/instruments.ts'
import { schedulerAlertRules, toMetricFamilies } from '../src/monitoring/prometheus/index.ts'
import { NOTHING_DECLARED } from '../src/ports/declared.ts'
import { PROVIDER_FIELDS } from '../src/ports/providers.ts'
import { declaredBy } from '../src/reading/snapshot.ts'
import { providerFields } from '../src/status/blocks.ts'
import { providersView } from '../src/status/providers-view.ts'
import { explainMetric } from '../src/view/explain.ts'

const POWER = {
  name: 'power_supply',
  states: ['mains', 'battery'],
  title: 'Power',
  help: 'What the sensor runs on.',
  alarm: { state: 'battery', summary: 'runs on its battery', description: 'It has no mains for five minutes.' },
} as const satisfies ProviderCondition

type Sensor = NonNullable<ProviderDescription['conditions']>

/** A host whose providers are sensors, each with the given states. */
function schedulerOf(sensors: readonly Sensor[], conditions: readonly ProviderCondition[] = [POWER]) {
  const described = { title: 'Own', help: 'Of the host.', unit: 'items', read: () => 1 } as const
  return createScheduler({
    name: 'sensors',
    clock: createManualClock(),
    jobs: [{ name: 'measure', schedule: every({ minutes: 1 }), handler: () => {} }],
    metrics: [defineMetric({ ...described, id: 'provider_own' })],
    providers: {
      conditions,
      describe: () =>
        sensors.map((states, index) => ({
          name: `sensor-${index}`,
          enabled: true,
          apiKeyConfigured: null,
          conditions: states,
        })),
    },
    ...createMemoryBackend(),
  })
}

async function readingOf(...host: Parameters<typeof schedulerOf>) {
  const scheduler = schedulerOf(...host)
  await scheduler.open()
  onTestFinished(() => scheduler.close())
  return scheduler.snapshot()
}

const documentOf = (view: 'admin' | 'market-data', declared: Declared) =>
  JSON.stringify(toOpenApi({ view, version: 'v2', routes: routesOf({ view, version: 'v2', declared }) }))

describe("a condition of the host's own for its providers", () => {
  const reading = () => readingOf([{ power_supply: 'battery' }, {}])

  it('is a field of each provider in every view, in one place, and satisfies the contract of every client', async () => {
    const answers = [
      { providers: toAdminStatusV2(await reading()).providers.items, whole: toAdminStatusV2(await reading()) },
      {
        providers: toMarketDataStatusV2(await reading()).providers.items,
        whole: toMarketDataStatusV2(await reading()),
      },
      { providers: providersView.project(await reading()).items, whole: providersView.project(await reading()) },
    ]
    for (const { providers } of answers) {
      expect(providers.map((provider) => provider['power_supply'])).toEqual(['battery', null])
      expect(providers.map((provider) => Object.keys(provider).slice(-2))).toEqual([
        ['power_supply', 'windows'],
        ['power_supply', 'windows'],
      ])
    }
    const [admin, marketData, list] = answers
    expect(adminStatusV2.parse(admin?.whole).providers.items).toEqual(admin?.providers)
    expect(marketDataStatusV2.parse(marketData?.whole).providers.items).toEqual(marketData?.providers)
    expect(providerList.parse(list?.whole).items).toEqual(list?.providers)
  })

  it('has a metric: defined, explained and published like every other', async () => {
    const { snapshot, ...rest } = await reading()
    const definitions = definitionsFor('market-data', [], declaredBy(snapshot))
    const index = definitions.findIndex(({ id }) => id === 'provider_power_supply')
    expect(definitions[index]).toMatchObject({
      formula: 'power_supply of the provider',
      unit: 'state',
      help: POWER.help,
    })
    expect(definitions[index - 1]?.id).toBe('provider_quota_remaining')
    const explained = explainMetric('provider_power_supply', {
      reading: { snapshot, ...rest },
      audience: 'market-data',
    })
    expect(explained?.values).toMatchObject([
      { of: 'provider', name: 'sensor-0', value: 'battery' },
      { of: 'provider', name: 'sensor-1', value: null },
    ])
    const family = toMetricFamilies({ snapshot, ...rest }).find(
      ({ name }) => name === 'scheduler_provider_power_supply',
    )
    const labels = { scheduler: 'sensors', provider: 'sensor-0' }
    expect(family?.samples.map(({ labels, value }) => ({ labels, value }))).toEqual([
      { labels: { ...labels, state: 'mains' }, value: 0 },
      { labels: { ...labels, state: 'battery' }, value: 1 },
    ])
  })

  it("is in the documents of the host's own routers, and no other condition is", () => {
    for (const view of ['admin', 'market-data'] as const) {
      expect(documentOf(view, schedulerOf([]))).toContain('"power_supply":{"anyOf":[{"type":"string","enum":["mains"')
      expect(documentOf(view, schedulerOf([]))).not.toContain('circuit')
      expect(documentOf(view, NOTHING_DECLARED)).not.toContain('power_supply')
    }
  })

  it('alerts to the state that it names', () => {
    const rules = schedulerAlertRules(schedulerOf([])).groups[0].rules
    const without = schedulerAlertRules().groups[0].rules
    expect(rules.filter(({ alert }) => !without.some((rule) => rule.alert === alert))).toMatchObject([
      {
        alert: 'ProviderPowerSupplyBattery',
        expr: 'min by (scheduler, provider) (scheduler_provider_power_supply{state="battery"}) == 1',
        annotations: { summary: '{{ $labels.provider }} runs on its battery' },
      },
    ])
    const silent = { ...POWER, alarm: undefined }
    expect(schedulerAlertRules(schedulerOf([], [silent])).groups[0].rules).toEqual(without)
  })

  it('is one instrument for all schedulers that have it, with the states of each', () => {
    const solar = { ...POWER, states: ['mains', 'sun'], alarm: undefined }
    const instruments = instrumentsOf([schedulerOf([]), schedulerOf([], [solar])])
    const power = instruments.filter(({ id }) => id === 'provider_power_supply')
    expect(power).toMatchObject([{ kind: 'states', states: ['mains', 'battery', 'sun'] }])
  })

  it('reads as null in a state that is not declared, and shows no condition that is not', async () => {
    const { snapshot } = await readingOf([{ power_supply: 'db.internal', host: 'db.internal' }])
    expect(snapshot.providers[0]?.conditions).toEqual({ power_supply: null })
    expect(JSON.stringify(snapshot)).not.toContain('db.internal')
  })

  it('is part of the version of the definitions', async () => {
    const [one, other] = await Promise.all([readingOf([]), readingOf([], [])])
    expect(one.snapshot.definitionsVersion).not.toBe(other.snapshot.definitionsVersion)
  })
})

it('a host that declares no condition has no circuit, in its responses, documents, definitions and instruments', async () => {
  const reading = await readingOf([{ circuit: 'open' }], [])
  const published = [
    reading.snapshot,
    toAdminStatusV2(reading),
    toMarketDataStatusV2(reading),
    providersView.project(reading),
    definitionsFor('admin', [], declaredBy(reading.snapshot)),
    toMetricFamilies(reading),
    schedulerAlertRules(),
    documentOf('admin', declaredBy(reading.snapshot)),
    documentOf('market-data', declaredBy(reading.snapshot)),
    Object.keys(METRICS),
  ]
  for (const one of published) expect(JSON.stringify(one).toLowerCase()).not.toContain('circuit')
})

it('no condition may have the name of a field that every provider has', () => {
  expect(PROVIDER_FIELDS).toEqual(Object.keys(providerFields).filter((name) => name !== 'conditions'))
})

const CONDITIONS = 'scheduler.providers.conditions'

it.each([
  ['a field of every provider', [{ ...POWER, name: 'windows' }], `${CONDITIONS}[0].name`],
  ['the name of a metric of calls', [{ ...POWER, name: 'calls' }], `${CONDITIONS}[0].name`],
  ['a name that no metric could have in its id', [{ ...POWER, name: '__proto__' }], `${CONDITIONS}[0].name`],
  ['a condition twice', [POWER, POWER], `${CONDITIONS}[1].name`],
  ['no state', [{ ...POWER, states: [] }], `${CONDITIONS}[0].states`],
  ['a state twice', [{ ...POWER, states: ['mains', 'mains', 'battery'] }], `${CONDITIONS}[0].states`],
  ['an alarm for no state', [{ ...POWER, alarm: { ...POWER.alarm, state: 'sun' } }], `${CONDITIONS}[0].alarm.state`],
  ['a condition without help', [{ ...POWER, help: '' }], `${CONDITIONS}[0].help`],
  ["a condition whose metric is one of the host's own", [{ ...POWER, name: 'own' }], 'scheduler.metrics[0].id'],
])('providers are refused %s', (_what, conditions, path) => {
  expect(() => schedulerOf([], conditions)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
  )
})
