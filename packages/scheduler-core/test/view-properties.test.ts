import { isDeepStrictEqual } from 'node:util'

import { expectConsistentViews, expectStandardMetrics } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { jobList } from '../src/contract/job.ts'
import { metricDefinitions } from '../src/contract/metric-definitions.ts'
import { toDefinitionsView } from '../src/http/views/definitions-view.ts'
import { explained } from '../src/http/views/explained.ts'
import { toJobList } from '../src/http/views/job-list.ts'
import { METRIC_IDS, metricNamed } from '../src/metrics/metrics.ts'
import { AUDIENCES } from '../src/reading/audience.ts'
import { adminStatusViewV1 } from '../src/status/admin-status-v1.ts'
import { adminStatusViewV2 } from '../src/status/admin-status-v2.ts'
import { freshnessHeadView } from '../src/status/freshness-view.ts'
import { marketDataStatusViewV1 } from '../src/status/market-data-status-v1.ts'
import { marketDataStatusViewV2 } from '../src/status/market-data-status-v2.ts'
import { providersView } from '../src/status/providers-view.ts'
import { toAdminStatus, toAdminStatusV2, toMarketDataStatus, toMarketDataStatusV2 } from '../src/status/to-status.ts'
import { explainMetric } from '../src/view/explain.ts'
import { metricExplanation } from '../src/view/metric-explanation.ts'
import { randomReading } from './random-snapshot.ts'

const VIEWS = [
  adminStatusViewV1,
  adminStatusViewV2,
  marketDataStatusViewV1,
  marketDataStatusViewV2,
  freshnessHeadView,
  providersView,
]
const emptyRate = fc.constantFrom(null, 0)

describe('6. The mappers, over any snapshot', () => {
  it('are pure: they give the same result again, and leave a deep-frozen snapshot unchanged', () => {
    fc.assert(
      fc.property(randomReading, ({ snapshot, stale, ageMs }) => {
        const before = structuredClone(snapshot)
        const reading = { snapshot, stale, ageMs }
        const answers = () => [
          toAdminStatus(snapshot),
          toMarketDataStatus(snapshot, { emptyRate: 0 }),
          toAdminStatusV2(reading),
          toMarketDataStatusV2(reading),
        ]
        expect(answers()).toEqual(answers())
        expect(snapshot).toEqual(before)
        expect(looseParts(snapshot, 'snapshot')).toEqual([])
      }),
    )
  })

  it.each(VIEWS)('bind every number of $name to a metric of the table', (view) => {
    const metrics = new Set(view.bindings.flatMap(({ path, kind }) => (kind === 'fact' ? [] : [path])))
    for (const { kind, id } of view.bindings) if (kind === 'metric') expect(metricNamed(id), id).toBeDefined()
    fc.assert(
      fc.property(randomReading, (reading) => {
        const numbers = leavesOf(view.project(reading)).filter(({ value }) => typeof value === 'number')
        expect(numbers.filter(({ pattern }) => !isBound(pattern, metrics))).toEqual([])
      }),
    )
  })

  it('agree, v1 with v2 and admin with market data, wherever they tell the same metric', () => {
    fc.assert(
      fc.property(randomReading, (reading) => {
        const v1 = { view: 'admin-v1', response: adminStatusViewV1.project(reading) } as const
        const v2 = { view: 'admin-v2', response: adminStatusViewV2.project(reading) } as const
        const marketDataV1 = { view: 'market-data-v1', response: marketDataStatusViewV1.project(reading) } as const
        const marketDataV2 = { view: 'market-data-v2', response: marketDataStatusViewV2.project(reading) } as const
        expectConsistentViews(v1, v2)
        expectConsistentViews(marketDataV1, marketDataV2)
        expectConsistentViews(marketDataV1, v2)
        expectConsistentViews(v2, marketDataV2)
        for (const { view, response } of [v1, v2, marketDataV1, marketDataV2]) {
          expectStandardMetrics(response, view, { reading })
        }
      }),
    )
  })
})

describe('8. What reaches JSON, of any snapshot', () => {
  it.each(VIEWS)('is plain data in $name: it satisfies its schema, and survives JSON unchanged', (view) => {
    fc.assert(
      fc.property(randomReading, emptyRate, (reading, rate) => {
        const response = view.project(reading, { emptyRate: rate })
        expect(notJson(response)).toEqual([])
        expect(isDeepStrictEqual(JSON.parse(JSON.stringify(response)), response)).toBe(true)
        expect(view.schema.safeParse(response).error).toBeUndefined()
      }),
    )
  })

  it('is plain data in the list of jobs and the definitions for either audience', () => {
    fc.assert(
      fc.property(randomReading, fc.constantFrom(...AUDIENCES), (reading, audience) => {
        const answers = [
          { answer: toJobList(reading, {}), schema: jobList },
          { answer: toDefinitionsView(reading.snapshot, audience), schema: metricDefinitions },
        ]
        for (const { answer, schema } of answers) {
          expect(notJson(answer)).toEqual([])
          expect(isDeepStrictEqual(JSON.parse(JSON.stringify(answer)), answer)).toBe(true)
          expect(schema.safeParse(answer).error).toBeUndefined()
        }
      }),
    )
  })

  it('is plain data in the explanation of any metric', () => {
    fc.assert(
      fc.property(
        randomReading,
        fc.constantFrom(...METRIC_IDS),
        fc.constantFrom(...AUDIENCES),
        (reading, id, audience) => {
          if (!metricNamed(id)?.audience.includes(audience)) {
            expect(explainMetric(id, { reading, audience })).toBeNull()
            return
          }
          const { explain } = explained(id, { reading, audience })
          expect(notJson(explain)).toEqual([])
          expect(isDeepStrictEqual(JSON.parse(JSON.stringify(explain)), explain)).toBe(true)
          expect(metricExplanation.safeParse(explain).error).toBeUndefined()
        },
      ),
      { numRuns: 500 },
    )
  })
})

interface Leaf {
  readonly path: string
  /** The path as a binding writes it, but for the names in its place of `*`. */
  readonly pattern: string
  readonly value: unknown
}

function leavesOf(value: unknown, path = '', pattern = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, pattern, value }]
  if (Array.isArray(value)) return value.flatMap((part, at) => leavesOf(part, `${path}[${at}]`, `${pattern}[]`))
  return Object.entries(value).flatMap(([name, part]) =>
    leavesOf(part, `${path}.${name}`, pattern === '' ? name : `${pattern}.${name}`),
  )
}

/** Whether a metric is bound at a path; the names of providers and of own metrics stand where its pattern has a star. */
function isBound(pattern: string, metrics: ReadonlySet<string>): boolean {
  if (metrics.has(pattern)) return true
  return [...metrics].some((metric) => {
    const [head, tail] = metric.split('*')
    return tail !== undefined && pattern.startsWith(head ?? '') && pattern.endsWith(tail)
  })
}

/** The values that JSON would lose or refuse, each by its path. */
function notJson(value: unknown, path = '$'): readonly string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? [] : [`${path}: ${value}`]
  if (Array.isArray(value)) return value.flatMap((part, at) => notJson(part, `${path}[${at}]`))
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return [`${path}: ${typeof value}`]
  return Object.entries(value).flatMap(([name, part]) => notJson(part, `${path}.${name}`))
}

/** The parts of a value that are not frozen. */
function looseParts(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const parts = Object.entries(value).flatMap(([name, part]) => looseParts(part, `${path}.${name}`))
  return Object.isFrozen(value) ? parts : [path, ...parts]
}
