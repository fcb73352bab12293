import { describe, expect, it } from 'vitest'

import { toJobState, toLastRun } from './to-job-state.ts'

describe('the state of a job', () => {
  it('is the worst of all that it is', () => {
    expect(
      toJobState({ conditions: [], running_runs: 0, queued_runs: 0, overdue_seconds: 0, retired_at: null }),
    ).toEqual({
      state: 'ok',
      words: 'OK',
    })
    expect(
      toJobState({
        conditions: ['failing', 'paused'],
        running_runs: 1,
        queued_runs: 0,
        overdue_seconds: 0,
        retired_at: null,
      }),
    ).toEqual({
      state: 'failed',
      words: 'failing, paused, running',
    })
    const long = {
      conditions: ['running_long'],
      running_runs: 1,
      queued_runs: 0,
      overdue_seconds: 0,
      retired_at: null,
    } as const
    expect(toJobState(long)).toEqual({ state: 'late', words: 'runs long' })
  })

  it('is retired, whatever it was before', () => {
    const gone = {
      conditions: ['failing'],
      running_runs: 0,
      queued_runs: 0,
      overdue_seconds: 0,
      retired_at: '2026-01-01T00:00:00.000Z',
    } as const
    expect(toJobState(gone)).toEqual({ state: 'unknown', words: 'retired' })
  })

  it('says for how long it has been overdue', () => {
    const late = {
      conditions: ['overdue'],
      running_runs: 0,
      queued_runs: 0,
      overdue_seconds: 11_000,
      retired_at: null,
    } as const
    expect(toJobState(late).words).toBe('overdue for 3 h 3 min')
  })
})

describe('the last run of a job', () => {
  const at = '2026-01-01T12:00:00.000Z'

  it('is not there before there was one', () => {
    expect(toLastRun({ last_run_at: null, last_outcome: null, last_error_code: null })).toBeNull()
  })

  it('ended as the last that was settled, with the code of its error where it did not succeed', () => {
    const of = (last_outcome: Parameters<typeof toLastRun>[0]['last_outcome']) =>
      toLastRun({ last_run_at: at, last_outcome, last_error_code: 'ECONNREFUSED' })
    expect(of('succeeded')).toMatchObject({ state: 'ok', code: null })
    expect(of('failed')).toMatchObject({ state: 'failed', words: 'failed', code: 'ECONNREFUSED' })
    expect(of('interrupted')).toMatchObject({ state: 'interrupted', words: 'interrupted' })
    expect(of(null)).toMatchObject({ state: 'unknown', code: null })
  })
})

describe('a job with queued runs', () => {
  const queued = { conditions: [], running_runs: 0, queued_runs: 3, overdue_seconds: 0, retired_at: null } as const

  it('waits, unless it does something else too', () => {
    expect(toJobState(queued)).toEqual({ state: 'waiting', words: '3 queued' })
    expect(toJobState({ ...queued, running_runs: 1 })).toEqual({ state: 'running', words: 'running, 3 queued' })
  })

  it('says that no worker has it', () => {
    expect(toJobState({ ...queued, conditions: ['no_worker'] })).toEqual({ state: 'late', words: 'no worker for 3' })
  })
})
