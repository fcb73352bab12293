import { expect, it } from 'vitest'

import { numberOf, reasonsIn, versionsIn } from './time-zone-data.ts'

const of = (timeZoneData: string | null, isLive = true) => ({ timeZoneData, isLive })

it('warns of live instances with different data, of which unknown ones are one kind', () => {
  expect(reasonsIn([])).toEqual([])
  expect(reasonsIn([of('2026a'), of('2026a'), of('2025b', false)])).toEqual([])
  expect(reasonsIn([of(null), of(null)])).toEqual([])
  expect(reasonsIn([of('2026a'), of(null)])).toEqual(['TIME_ZONE_DATA_DIFFERS'])
  expect(versionsIn([of('2026a'), of('2026c'), of(null), of(null)])).toBe(3)
})

it('makes a number of a version that is the greater the newer it is', () => {
  expect(['1996n', '2024b', '2026a', '2026c', '2026z'].map(numberOf)).toEqual([
    1996.14, 2024.02, 2026.01, 2026.03, 2026.26,
  ])
  expect(numberOf(null)).toBeNull()
})
