import { describe, expect, it } from 'vitest'

import { placeJobs } from './place-jobs.ts'

const NOTHING = { renamed: [], known: [] }
const named = (job: string, ...formerly: string[]) => ({ job, cursor: 5, formerly })

describe('the places of registered jobs', () => {
  it('are new ones in an empty store, where former names are noted for old instances to come', () => {
    expect(placeJobs([{ job: 'a', cursor: 5 }, named('b', 'c')], NOTHING)).toEqual({
      added: [
        { job: 'a', cursor: 5 },
        { job: 'b', cursor: 5 },
      ],
      renamed: [{ job: 'b', called: 'b', others: ['c'] }],
    })
  })

  it('are those of the first former name that the store has', () => {
    const places = placeJobs([named('c', 'b', 'a')], { renamed: [], known: ['a'] })
    expect(places).toEqual({ added: [], renamed: [{ job: 'a', called: 'a', others: ['c', 'b'] }] })
  })

  it('are found by any name that a job ever had, and change nothing then', () => {
    const renamed = [{ job: 'a', called: 'b', others: ['b'] }]
    for (const asked of [named('a'), named('b'), named('b', 'a')])
      expect(placeJobs([asked], { renamed, known: ['a'] })).toEqual({ added: [], renamed: [] })
    expect(placeJobs([named('c', 'b')], { renamed, known: [] })).toEqual({
      added: [],
      renamed: [{ job: 'a', called: 'b', others: ['b', 'c'] }],
    })
  })

  it('stay apart when both names have a past', () => {
    const renamed = [{ job: 'x', called: 'b', others: ['b'] }]
    expect(placeJobs([named('c', 'b', 'd')], { renamed, known: ['c'] })).toEqual({
      added: [],
      renamed: [{ job: 'c', called: 'c', others: ['d'] }],
    })
  })

  it('are one for two asked names of one job', () => {
    expect(placeJobs([named('b', 'a'), named('c', 'b')], { renamed: [], known: ['a'] })).toEqual({
      added: [],
      renamed: [{ job: 'a', called: 'a', others: ['b', 'c'] }],
    })
  })
})
