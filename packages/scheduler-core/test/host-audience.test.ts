import { describe, expect, it } from 'vitest'

import { metricDefinitions } from '../src/contract/metric-definitions.ts'
import { toDefinitionsView } from '../src/http/views/definitions-view.ts'
import { type Audience, defineAudience, defineMetric } from '../src/index.ts'
import { readCustomMetrics } from '../src/metrics/custom-metric.ts'
import { definitionsFor } from '../src/metrics/definitions.ts'
import { FACTS } from '../src/view/facts.ts'
import { defineView, type FactId, factField, METRICS, metricField } from '../src/views.ts'
import { scriptedSnapshot } from './scripted-snapshot.ts'

const risk = defineAudience('risk')
const described = { help: 'What could be lost in a day.', unit: 'items', read: () => 12 } as const
const exposure = defineMetric({ ...described, id: 'exposure', title: 'Exposure', audience: [risk] })
const limits = defineMetric({ ...described, id: 'limits', title: 'Limits', audience: ['admin', risk] })
const orders = defineMetric({ ...described, id: 'orders', title: 'Orders', audience: ['market-data'] })
const own = [exposure, limits, orders]
const snapshot = { ...scriptedSnapshot(), custom: readCustomMetrics(own) }
const idsFor = (audience: Audience) => definitionsFor(audience, own).map(({ id }) => id)

describe("an audience of the host's own", () => {
  it('has a view of its own metrics beside the public ones', () => {
    const status = defineView({
      name: 'RiskStatus',
      audience: risk,
      fields: {
        state: factField('state'),
        total_runs: metricField('total_runs', { window: 'lifetime' }),
        exposure: metricField(exposure),
        limits: metricField(limits),
      },
    })
    const expected = { state: 'running', total_runs: 60, exposure: 12, limits: 12 }
    expect(status.audience).toBe(risk)
    expect(status.project({ snapshot, stale: false, ageMs: 0 })).toEqual(expected)
    expect(status.schema.parse(expected)).toEqual(expected)
  })

  it('shares a metric with others only by name', () => {
    const ownIds = own.map(({ id }) => id)
    const seenBy = (audience: Audience) => idsFor(audience).filter((id) => ownIds.includes(id))
    expect(seenBy(risk)).toEqual(['exposure', 'limits'])
    expect(seenBy('admin')).toEqual(['limits'])
    expect(seenBy('market-data')).toEqual(['orders'])
    expect(seenBy(defineAudience('sales'))).toEqual([])
    expect(seenBy(defineAudience('risk'))).toEqual(seenBy(risk))
  })

  it('sees the metrics of the library for market data, and nothing internal', () => {
    const seen = idsFor(risk).filter((id) => Object.hasOwn(METRICS, id))
    expect(seen).toEqual(definitionsFor('market-data', []).map(({ id }) => id))
    const ids = Object.keys(FACTS) as FactId[]
    const isRefused = (id: FactId) => {
      try {
        defineView({ name: 'Risk', audience: risk, fields: { value: factField(id) as never } })
        return false
      } catch {
        return true
      }
    }
    expect(ids.filter(isRefused)).toEqual(ids.filter((id) => FACTS[id].sensitivity === 'internal'))
  })

  it.each([
    ['an internal metric', { pool: metricField('pool_size') }],
    ['a metric of another audience', { orders: metricField(orders) }],
  ])('is refused %s in its view', (_what, fields) => {
    expect(() => defineView({ name: 'Risk', audience: risk, fields })).toThrow(/for the audience risk/)
  })

  it('is not named by the routes of the library, so that their schemas hold', () => {
    const admin = metricDefinitions.parse(toDefinitionsView(snapshot, 'admin'))
    expect(admin.items.find(({ id }) => id === 'limits')?.audience).toEqual(['admin'])
    expect(JSON.stringify(toDefinitionsView(snapshot, 'market-data'))).not.toContain('risk')
  })
})

describe('a value that is not an audience', () => {
  const refused = (path: string, details: object = {}) =>
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ path, ...details }),
    })

  it.each(['admin', 'market-data', '', 'Risk', 'risk desk', '-risk', 'r'.repeat(65), '__proto__', 5, null])(
    'cannot be declared: %s',
    (name) => {
      expect(() => defineAudience(name as string)).toThrow(refused('audience'))
    },
  )

  it('is refused by a metric and by a view, with a suggestion for a misspelt name', () => {
    const misspelt = 'market-dat' as 'market-data'
    const suggestion = 'market-data'
    expect(() => defineMetric({ ...described, id: 'x', title: 'X', audience: ['admin', misspelt] })).toThrow(
      refused('metric.audience[1]', { suggestion }),
    )
    expect(() => defineView({ name: 'Risk', audience: misspelt, fields: {} })).toThrow(
      refused('Risk.audience', { suggestion }),
    )
    expect(() => definitionsFor(misspelt, [])).toThrow(refused('audience', { suggestion }))
  })

  it.each([
    ['a bare name of a host', 'risk'],
    ['an object that defineAudience did not make', { name: 'risk' }],
    ['nothing', undefined],
  ])('is refused: %s', (_what, audience) => {
    const given = audience as never
    expect(() => defineMetric({ ...described, id: 'x', title: 'X', audience: [given] })).toThrow(/defineAudience/)
    expect(() => defineView({ name: 'Risk', audience: given, fields: {} })).toThrow(/defineAudience/)
  })
})
