import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { occurrenceId, parseRunId, type RunId, randomRunId } from '../../ids.ts'
import { bitsOf, IdColumn } from './id-column.ts'

const CAPACITY = 32

describe('a column of ids', () => {
  it('answers what was put, and finds the same as a `Map`, before and after it was cleared', () => {
    const ids = [...['00', '01', 'ff'].map(idThatEnds), ...['00', '01', 'ff'].map(idThatBegins), ...scheduled(), ODD]
    const strangers = [randomRunId(), idThatEnds('02'), idThatBegins('02')]
    const step = fc.tuple(fc.constantFrom('put', 'put', 'put', 'hide', 'find', 'clear'), fc.constantFrom(...ids))
    fc.assert(
      fc.property(fc.array(step, { maxLength: CAPACITY }), (steps) => {
        const column = new IdColumn(CAPACITY)
        const model = new Map<RunId, number>()
        const moves = {
          put(id: RunId, index: number) {
            column.put(index, id)
            model.set(id, index)
          },
          hide: (id: RunId) => model.delete(id),
          find() {
            const isShown = (at: number) => [...model.values()].includes(at)
            for (const each of [...ids, ...strangers]) expect(column.find(bitsOf(each), isShown)).toBe(model.get(each))
          },
          clear() {
            column.clear()
            model.clear()
          },
        }
        for (const [index, [kind, id]] of steps.entries()) moves[kind](id, index)
        for (const [id, index] of model) expect(column.read(index)).toBe(id)
      }),
    )
  })
})

/** The runs of one job. */
function scheduled(): RunId[] {
  return [0, 1_000, 2_000].map((scheduledFor) => occurrenceId({ scheduler: 's', job: 'poll', scheduledFor }))
}

function idThatBegins(head: string): RunId {
  return parseRunId(`${head}000000-0000-4000-8000-000000000000`) ?? randomRunId()
}

function idThatEnds(tail: string): RunId {
  return parseRunId(`00000000-0000-4000-8000-0000000000${tail}`) ?? randomRunId()
}

const ODD = parseRunId('0123abcd-ef45-6789-9abc-def012345678') ?? randomRunId()
