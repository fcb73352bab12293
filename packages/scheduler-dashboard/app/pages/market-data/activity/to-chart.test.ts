import { expect, it } from 'vitest'

import { historyOf, toChart } from './to-chart.ts'

const NOW = Date.parse('2026-03-10T12:34:56Z')

it.each([
  ['last_hour', '2026-03-10T11:34:00.000Z', '60000'],
  ['recent', '2026-03-09T12:34:00.000Z', '900000'],
  ['lifetime', '2026-02-08T12:34:00.000Z', '86400000'],
] as const)('asks for %s in whole steps up to the last whole minute', (window, from, step_ms) => {
  expect(historyOf(window, NOW)).toEqual({ metric: 'items_processed', from, to: '2026-03-10T12:34:00.000Z', step_ms })
})

it('leaves a gap where nothing is known', () => {
  const after = '2026-03-10T12:00:00Z'
  const points = [
    { after, up_to: '2026-03-10T12:01:00Z', value: 8 },
    { after, up_to: '2026-03-10T12:02:00Z', value: null },
  ]
  expect(toChart({ points }).values).toEqual([8, null])
})
