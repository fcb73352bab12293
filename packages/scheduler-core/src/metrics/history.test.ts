import { expect, it } from 'vitest'

import { EMPTY_CALL_TALLY, EMPTY_RUN_TALLY } from '../run/counters.ts'
import { toHistory, toSeriesQuery } from './history.ts'

const query = { metric: 'provider_calls', from: 0, to: 60_000, stepMs: 60_000 } as const
const bounds = { knownFrom: 0, isBeginning: false, now: 60_000 }

it('refuses a series of runs from a store that was asked for calls', () => {
  const calls = { of: 'call', tallies: [{ ...EMPTY_CALL_TALLY, calls: 7 }] } as const
  expect(toHistory(query, calls, bounds).points).toEqual([{ after: 0, upTo: 60_000, value: 7 }])
  const runs = { of: 'run', tallies: [EMPTY_RUN_TALLY] } as const
  expect(() => toHistory(query, runs, bounds)).toThrow('The store measured a series of runs instead of calls.')
})

it('refuses jobs for a metric of calls, which belong to no job', () => {
  expect(() => toSeriesQuery({ ...query, job: 'poll' })).toThrow('Invalid history.job')
  expect(() => toSeriesQuery({ ...query, jobs: ['poll'] })).toThrow('Invalid history.jobs')
})

it('asks the store for the runs of one job, of some, or of all', () => {
  const runs = { ...query, metric: 'success_rate' } as const
  expect(toSeriesQuery(runs)).toEqual({ of: 'run', after: 0, stepMs: 60_000, points: 1 })
  expect(toSeriesQuery({ ...runs, job: 'poll' })).toMatchObject({ name: 'poll' })
  expect(toSeriesQuery({ ...runs, jobs: ['a', 'b'] })).toMatchObject({ names: ['a', 'b'] })
})
