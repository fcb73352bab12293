import type { HistoryView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { chartedOf } from './charted.ts'
import { CHART_RANGES, stepsOf } from './range.ts'
import { hasCounts, knownFrom, toChart } from './to-chart.ts'

const NOW = Date.UTC(2026, 2, 1, 12, 34, 56)
const MINUTE = 60_000

it.each(CHART_RANGES)('reads at most 300 whole steps, the present one included: %s', (range) => {
  const { fromMs, toMs, stepMs } = stepsOf(range, NOW)
  expect((toMs - fromMs) / stepMs).toBeLessThanOrEqual(300)
  expect((toMs - fromMs) % stepMs).toBe(0)
  expect(fromMs % MINUTE).toBe(0)
  expect(toMs).toBeGreaterThan(NOW)
  expect(toMs - stepMs).toBeLessThanOrEqual(NOW)
})

function history(metric: string, values: readonly (number | null)[], known_from: string): HistoryView {
  const points = values.map((value, index) => ({
    after: new Date(NOW + index * MINUTE).toISOString(),
    up_to: new Date(NOW + (index + 1) * MINUTE).toISOString(),
    value,
  }))
  return { metric, step_ms: MINUTE, known_from, points }
}

it('keeps what is not known a gap, and tells from when on it is known', () => {
  const steps = { fromMs: NOW, toMs: NOW + 3 * MINUTE, stepMs: MINUTE }
  const since = new Date(NOW + MINUTE).toISOString()
  const facts = {
    charted: [],
    steps,
    histories: new Map([['success_rate', history('success_rate', [null, 0, 50], since)]]),
  }
  const charted = chartedOf({ hasQueue: true }).filter(({ id }) => id === 'rate')
  const [chart] = charted.map((one) => toChart(one, facts))
  expect(chart).toMatchObject({ times: { length: 3 }, series: [{ values: [null, 0, 50] }] })
  expect(chart?.knownFromMs).toBe(NOW + MINUTE)
  expect(chart?.format(null)).toBe('–')
  expect(knownFrom(facts)).toBe(since)
  expect(hasCounts(facts)).toBe(true)
  expect(hasCounts({ charted: [], steps, histories: new Map([['x', history('x', [null, 0], since)]]) })).toBe(false)
})
