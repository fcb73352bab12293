import fc from 'fast-check'
import { expect, it } from 'vitest'

import { ChurningMap } from './churning-map.ts'

it('a churning map answers as a map does, after any additions and deletions', () => {
  const steps = fc.array(fc.record({ key: fc.nat(90), isDeleted: fc.boolean() }), { maxLength: 600 })
  fc.assert(
    fc.property(steps, (all) => {
      const map = new ChurningMap<number, number>()
      const model = new Map<number, number>()
      for (const [value, { key, isDeleted }] of all.entries()) {
        for (const each of [map, model]) {
          if (isDeleted) each.delete(key)
          else each.set(key, value)
        }
        expect([map.size, map.has(key), map.get(key)]).toEqual([model.size, model.has(key), model.get(key)])
      }
      expect([...map.values()]).toEqual([...model.values()])
    }),
  )
})
