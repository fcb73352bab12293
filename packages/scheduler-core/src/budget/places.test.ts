import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { mayWait, nextOf, placesOn } from './places.ts'

const principal = fc.constantFrom('ada', 'bob', 'eve', null)
const crowd = fc.array(fc.record({ by: principal }), { maxLength: 30 })

describe('places for questions', () => {
  it('the next one has a principal that nobody who waits has fewer answers under way than', () => {
    fc.assert(
      fc.property(crowd, fc.array(principal, { maxLength: 6 }), (waiting, running) => {
        const load = (by: string | null) => running.filter((other) => other === by).length
        const next = nextOf(waiting, running)
        if (!next) {
          expect(waiting).toEqual([])
          return
        }
        const least = Math.min(...waiting.map(({ by }) => load(by)))
        expect(load(next.by)).toBe(least)
        expect(waiting.indexOf(next)).toBe(waiting.findIndex(({ by }) => load(by) === least))
      }),
    )
  })

  it('no principal takes more than half of the places to wait, all together no more than there are, the host none', () => {
    fc.assert(
      fc.property(fc.array(principal, { maxLength: 60 }), fc.integer({ min: 0, max: 20 }), (arrivals, queue) => {
        const waiting: { by: string | null }[] = []
        for (const by of arrivals) if (mayWait({ by, waiting, queue }) === 'yes') waiting.push({ by })
        expect(waiting.filter(({ by }) => by !== null).length).toBeLessThanOrEqual(queue)
        expect(waiting.filter(({ by }) => by === null)).toHaveLength(arrivals.filter((by) => by === null).length)
        for (const name of ['ada', 'bob', 'eve']) {
          expect(waiting.filter(({ by }) => by === name).length).toBeLessThanOrEqual(Math.ceil(queue / 2))
        }
      }),
    )
  })

  it.each([
    [null, 2, 2],
    [1, 2, 1],
    [4, 2, 1],
    [7, 2, 1],
    [8, 2, 2],
    [10, 2, 2],
    [100, 2, 2],
    [100, 50, 25],
  ])('on a pool of %j, of %j that are wanted there are %j', (most, wanted, places) => {
    expect(placesOn(most, wanted)).toBe(places)
  })
})
