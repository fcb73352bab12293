import { describe, expect, it } from 'vitest'

import { formatSearch, parseSearch, queryOfSearch, searchOfQuery } from './tokens.ts'

const KEYS = { job: 'text', state: ['failed', 'running'], since: 'since' } as const

describe('the search in words', () => {
  it('reads keys, values in quotes and free text', () => {
    expect(parseSearch(KEYS, 'job:"a b" state:failed,running since:1h time out "two words"')).toEqual({
      values: { job: 'a b', state: 'failed,running', since: '1h' },
      text: 'time out two words',
      problems: [],
    })
  })

  it.each([
    ['jbo:poll', 'There is no "jbo:" here. Known are job, state, since.'],
    ['constructor:x', 'There is no "constructor:" here. Known are job, state, since.'],
    ['state:broken', '"state:" is one of failed, running.'],
    ['since:tomorrow', '"since:" is a time such as 30m, 1h or 7d.'],
    ['job:a job:b', '"job:" is there twice.'],
  ])('says what is wrong with %s', (given, problem) => {
    expect(parseSearch(KEYS, given).problems).toEqual([problem])
  })

  it('lets a key stand without a value while one types', () => {
    expect(parseSearch(KEYS, 'job: state:"fail')).toMatchObject({ values: {}, problems: [expect.any(String)] })
    expect(parseSearch(KEYS, 'job:').problems).toEqual([])
  })

  it('keeps other parameters of the query string', () => {
    const query = queryOfSearch(KEYS, parseSearch(KEYS, 'job:poll boom'), 'scheduler=second&state=failed')
    expect(query).toBe('scheduler=second&job=poll&q=boom')
  })

  it.each(['poll', 'a.b:c_d-e'])('is the same after a way through the query string with the job %s', (job) => {
    const search = parseSearch(KEYS, formatSearch(KEYS, { values: { job, state: 'failed' }, text: 'time out' }))
    const back = searchOfQuery(KEYS, queryOfSearch(KEYS, search, ''))
    expect(back).toEqual({ values: { job, state: 'failed' }, text: 'time out', problems: [] })
  })
})
