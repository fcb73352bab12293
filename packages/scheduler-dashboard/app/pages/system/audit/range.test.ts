import { expect, it } from 'vitest'

import { ownSpan, spanOf } from './range.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 2, 1, 12, 34, 56)
const asked = { from: '', to: '' }

it('has the past in full, and a little of what is to come', () => {
  const span = spanOf({ range: 'hour', ...asked }, NOW)
  expect(NOW - span.fromMs).toBeGreaterThanOrEqual(HOUR - 60_000)
  expect(span.toMs).toBeGreaterThan(NOW + 4 * 60_000)
})

it('stays while a step lasts', () => {
  const at = Date.UTC(2026, 2, 1, 12, 34, 1)
  expect(spanOf({ range: 'hour', ...asked }, at + 50_000)).toEqual(spanOf({ range: 'hour', ...asked }, at))
})

it("takes the reader's own range, from a minute to 31 days", () => {
  const own = { range: 'own', from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' } as const
  expect(spanOf(own, NOW)).toEqual({ fromMs: Date.parse(own.from), toMs: Date.parse(own.to) })
  expect(ownSpan(own.to, own.from)).toBeNull()
  expect(ownSpan('2026-01-01T00:00:00Z', own.to)).toBeNull()
  expect(ownSpan('yesterday', own.to)).toBeNull()
})

it('is the last hour when an own range is none', () => {
  expect(spanOf({ range: 'own', from: 'x', to: 'y' }, NOW)).toEqual(spanOf({ range: 'hour', ...asked }, NOW))
})
