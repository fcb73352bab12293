import { expect, it } from 'vitest'
import { clockChanges, offsetsOf } from './offsets.ts'
import { ticksOf } from './time-ticks.ts'

const HOUR = 3_600_000
const berlin = offsetsOf('Europe/Berlin')

function wall(atMs: number): string {
  return new Date(atMs + berlin(atMs)).toISOString().slice(5, 16)
}

it('begins days at midnight, though one has 23 hours', () => {
  const span = { fromMs: Date.UTC(2026, 2, 28, 11), toMs: Date.UTC(2026, 2, 31, 11) }
  const days = ticksOf(span, 8, berlin).filter(({ isDay }) => isDay)
  expect(days.map(({ atMs }) => wall(atMs))).toEqual(['03-29T00:00', '03-30T00:00', '03-31T00:00'])
  expect(((days[1]?.atMs ?? 0) - (days[0]?.atMs ?? 0)) / HOUR).toBe(23)
})

it('has round local times', () => {
  const span = { fromMs: Date.UTC(2026, 0, 5, 8, 7), toMs: Date.UTC(2026, 0, 5, 9, 7) }
  expect(ticksOf(span, 6, berlin).map(({ atMs }) => wall(atMs))).toEqual([
    '01-05T09:10',
    '01-05T09:20',
    '01-05T09:30',
    '01-05T09:40',
    '01-05T09:50',
    '01-05T10:00',
  ])
})

it('finds when the clocks change, forward and back', () => {
  const year = { fromMs: Date.UTC(2026, 0), toMs: Date.UTC(2027, 0) }
  expect(clockChanges(year, berlin)).toEqual([
    { atMs: Date.UTC(2026, 2, 29, 1), byMs: HOUR },
    { atMs: Date.UTC(2026, 9, 25, 1), byMs: -HOUR },
  ])
  expect(clockChanges(year, offsetsOf('UTC'))).toEqual([])
})
