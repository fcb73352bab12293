import { expect, it } from 'vitest'

import { atOnce, inTurns, mapInParts } from './in-turns.ts'

const items = [1, 2, 3, 4, 5]
const double = (item: number) => 2 * item

it('maps items in parts of a size, each in a turn of the event loop of its own', async () => {
  let turns = 0
  let isOver = false
  const count = () => {
    turns++
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const parts = mapInParts(items, 2, double)
  expect(await inTurns(() => parts.next())).toEqual([2, 4, 6, 8, 10])
  isOver = true
  expect(turns).toBe(2)
})

it('does all parts at once for whoever cannot wait', () => {
  expect(atOnce(mapInParts(items, 2, double))).toEqual([2, 4, 6, 8, 10])
  expect(atOnce(mapInParts([], 2, double))).toEqual([])
})
