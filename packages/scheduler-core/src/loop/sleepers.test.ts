import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { OUTSIDE } from './heap.ts'
import { createSleepers, type Sleeper } from './sleepers.ts'

describe('sleepers', () => {
  it('wake at their instants and not before, after any additions and removals', () => {
    const steps = fc.array(fc.record({ item: fc.nat(19), at: fc.nat(9) }), { maxLength: 200 })
    fc.assert(
      fc.property(steps, fc.nat(9), (all, now) => {
        const sleepers = createSleepers()
        const items = Array.from({ length: 20 }, (): Sleeper => ({ at: 0, place: OUTSIDE }))
        const inside = new Set<Sleeper>()
        for (const { item: index, at } of all) {
          const item = items[index] ?? { at, place: OUTSIDE }
          if (inside.delete(item)) sleepers.remove(item)
          else sleepers.add(Object.assign(item, { at }))
          if (item.place !== OUTSIDE) inside.add(item)
          expect(sleepers.nextAt).toBe(Math.min(...[...inside].map((each) => each.at)))
        }
        const woken: Sleeper[] = []
        sleepers.wake(now, (item) => woken.push(item))
        expect(woken.map(({ at }) => at)).toEqual(woken.map(({ at }) => at).sort())
        expect(new Set(woken)).toEqual(new Set([...inside].filter(({ at }) => at <= now)))
        expect(sleepers.nextAt).toBeGreaterThan(now)
      }),
    )
  })

  it('lose no other one when one is removed twice', () => {
    const sleepers = createSleepers()
    const item = { at: 1, place: OUTSIDE }
    const other = { at: 1, place: OUTSIDE }
    sleepers.add(item)
    sleepers.add(other)
    sleepers.remove(item)
    sleepers.remove(item)
    const woken: Sleeper[] = []
    sleepers.wake(1, (each) => woken.push(each))
    expect(woken).toEqual([other])
  })
})
