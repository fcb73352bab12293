import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DueTimes } from './due-times.ts'

describe('a set of due times', () => {
  it('answers like a `Set` after any additions and deletions', () => {
    const steps = fc.array(
      fc.record({ kind: fc.constantFrom('add', 'add', 'delete'), due: fc.integer({ min: -5, max: 20 }) }),
    )
    fc.assert(
      fc.property(steps, (all) => {
        const dueTimes = new DueTimes()
        const model = new Set<number>()
        for (const { kind, due } of all) {
          if (kind === 'add') {
            dueTimes.add(due)
            model.add(due)
          } else {
            dueTimes.delete(due)
            model.delete(due)
          }
          for (let each = -5; each <= 20; each++) expect(dueTimes.has(each)).toBe(model.has(each))
        }
      }),
    )
  })
})
