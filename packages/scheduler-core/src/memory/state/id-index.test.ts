import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseRunId, type RunId, randomRunId } from '../../ids.ts'
import { hexIn, IdIndex } from './id-index.ts'

describe('an index of ids', () => {
  it('finds the same as a `Map`, also for ids with the same last bits', () => {
    const ids = ['00000000', '00000000', '00000000', 'ffffffff', 'ffffffff', '7fffffff'].map(idThatEnds)
    const toggled = fc.array(fc.constantFrom(...ids.keys()), { maxLength: 60 })
    fc.assert(
      fc.property(toggled, (places) => {
        const index = new IdIndex()
        const model = new Map<RunId, number>()
        for (const place of places) {
          const id = ids[place] ?? randomRunId()
          if (model.delete(id)) index.delete(id, place)
          else add(id, place)
          for (const each of ids) expect(index.find(each, (at) => ids[at] === each)).toBe(model.get(each))
        }

        function add(id: RunId, place: number) {
          model.set(id, place)
          index.add(id, place)
        }
      }),
    )
  })

  it('reads hexadecimal digits with and without hyphens', () => {
    expect(hexIn('0123abcd-EF01', 0, 13)).toBe(0x0123abcdef01)
  })
})

function idThatEnds(tail: string, order: number): RunId {
  return parseRunId(`00000000-0000-4000-8000-000${order}${tail}`) ?? randomRunId()
}
