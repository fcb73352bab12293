import { describe, expect, it } from 'vitest'

import { parseSearch } from '../../../search/tokens.ts'
import { RUN_KEYS, statesOf, toRunsQuery } from './runs-query.ts'

const NOW = Date.UTC(2026, 0, 1, 12, 0, 30)
const ask = (typed: string) => toRunsQuery(parseSearch(RUN_KEYS, typed), NOW)

describe('a search for runs', () => {
  it('asks the API by its keys', () => {
    expect(ask('job:poll state:failed,timed_out trigger:manual instance:one').query).toEqual({
      job: 'poll',
      state: 'failed,timed_out',
      trigger: 'manual',
      instance: 'one',
    })
  })

  it('takes a word without a key for the name of a job', () => {
    expect(ask('poll').query).toEqual({ job: 'poll' })
  })

  it('counts back from now, by whole minutes, and takes days and instants', () => {
    expect(ask('since:1h').query).toEqual({ from: '2026-01-01T11:00:00.000Z' })
    expect(ask('from:2025-12-31 to:2026-01-01T00:00:00+01:00').query).toEqual({
      from: '2025-12-31T00:00:00.000Z',
      to: '2025-12-31T23:00:00.000Z',
    })
  })

  it('says what is no instant', () => {
    expect(ask('from:yesterday')).toEqual({
      query: {},
      problem: '"from:" is an instant such as 2026-03-29T14:00:00Z.',
    })
  })

  it('knows its states', () => {
    expect(statesOf(parseSearch(RUN_KEYS, 'state:missed,failed'))).toEqual(['failed', 'missed'])
  })
})
