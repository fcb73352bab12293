import { expect, it } from 'vitest'

import { frameOf } from './to-frame.ts'
import { nearestTo, partOf } from './to-part.ts'

const all = { times: [0, 10, 20, 30], series: [{ label: 'runs', values: [1, 2, null, 4] }] }

it('cuts out a part, times and values alike', () => {
  const part = partOf(all, { fromMs: 5, toMs: 20 })
  expect(part).toEqual({ times: [10, 20], series: [{ label: 'runs', values: [2, null] }] })
})

it.each([null, { fromMs: 11, toMs: 19 }, { fromMs: 15, toMs: 25 }, { fromMs: 90, toMs: 99 }])(
  'is the whole without a part that has a line: %j',
  (part) => {
    expect(partOf(all, part)).toBe(all)
  },
)

it('finds the nearest time, whatever is pointed at', () => {
  expect([-5, 14, 16, 999].map((atMs) => nearestTo(all.times, atMs))).toEqual([0, 1, 2, 3])
  expect(nearestTo([], 5)).toBeNull()
  expect(nearestTo(all.times, null)).toBeNull()
})

it('finds back the instant of a place, with room for bars at both ends', () => {
  const frame = frameOf({
    times: all.times,
    values: [[1, 2, null, 4]],
    hasBars: true,
    format: String,
    width: 448,
    height: 200,
    zoom: 1,
  })
  expect(all.times.map((atMs) => Math.round(frame.msAt(frame.xOf(atMs))))).toEqual(all.times)
  expect(frame.x(0) - frame.bar / 2).toBeGreaterThan(frame.left)
  expect(frame.x(3) + frame.bar / 2).toBeLessThan(frame.right)
})

it('has a place for a single time, and none for no time at all', () => {
  const facts = { values: [], hasBars: false, format: String, width: 0, height: 200, zoom: 2 }
  for (const times of [[5], []]) expect(Number.isFinite(frameOf({ ...facts, times }).x(0))).toBe(true)
})
