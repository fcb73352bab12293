import { describe, expect, it } from 'vitest'

import { toJobState, toLastRun } from './to-job-state.ts'

describe('the state of a job', () => {
  it('is the worst of all that it is', () => {
    expect(toJobState({ conditions: [], running_runs: 0 })).toEqual({ state: 'ok', words: 'OK' })
    expect(toJobState({ conditions: ['failing', 'paused'], running_runs: 1 })).toEqual({
      state: 'failed',
      words: 'failing, paused, running',
    })
    expect(toJobState({ conditions: ['running_long'], running_runs: 1 })).toEqual({ state: 'late', words: 'runs long' })
  })
})

describe('the last run of a job', () => {
  const at = '2026-01-01T12:00:00.000Z'

  it('is not there before there was one', () => {
    expect(toLastRun({ last_run_at: null, last_success_at: null, last_failure_at: null })).toBeNull()
  })

  it('ended as the later of success and failure says', () => {
    const before = '2026-01-01T11:00:00.000Z'
    expect(toLastRun({ last_run_at: at, last_success_at: at, last_failure_at: before })?.state).toBe('ok')
    expect(toLastRun({ last_run_at: at, last_success_at: before, last_failure_at: at })?.state).toBe('failed')
    expect(toLastRun({ last_run_at: at, last_success_at: null, last_failure_at: null })?.state).toBe('unknown')
  })
})
