import { expect, it } from 'vitest'

import type { Fate } from './fates.ts'
import type { LaneItem } from './to-items.ts'
import { walkPicture } from './walk-picture.ts'

function item(atMs: number, fate: Fate = 'ran'): LaneItem {
  const key = String(atMs)
  const mark = { key, fate, dueMs: atMs, atMs, untilMs: null, count: 1, entry: null, foreseen: null }
  return { kind: 'mark', key, atMs, mark }
}

const LANES = [[item(10), item(20), item(30), item(40, 'coming')], [], [item(12), item(29)]]
const shape = { lanes: LANES.length, itemsOf: (lane: number) => LANES[lane] ?? [] }
const walk = (key: string, lane: number, at: number | null) =>
  walkPicture(key, { lane, key: at === null ? null : String(at) }, shape)

it('walks along a lane, and stops at its ends', () => {
  expect(walk('ArrowRight', 0, 10)).toEqual({ lane: 0, key: '20' })
  expect(walk('ArrowLeft', 0, 10)).toEqual({ lane: 0, key: '10' })
  expect(walk('Home', 0, 30)).toEqual({ lane: 0, key: '10' })
  expect(walk('End', 0, 10)).toEqual({ lane: 0, key: '40' })
})

it('begins at the latest of what has been', () => {
  expect(walk('ArrowLeft', 0, null)).toEqual({ lane: 0, key: '30' })
  expect(walk('ArrowRight', 0, null)).toEqual({ lane: 0, key: '40' })
})

it('goes to the nearest in time in another lane, and to the lane where that is empty', () => {
  expect(walk('PageDown', 0, 30)).toEqual({ lane: 2, key: '29' })
  expect(walk('ArrowDown', 0, 30)).toEqual({ lane: 1, key: null })
  expect(walk('k', 0, 30)).toEqual({ lane: 0, key: '30' })
})

it('leaves every other key to others', () => {
  expect(walk('Enter', 0, 10)).toBeNull()
  expect(walk('p', 0, 10)).toBeNull()
  expect(walk('ArrowLeft', 1, null)).toEqual({ lane: 1, key: null })
})
