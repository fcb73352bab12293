import type { AdminStatusV2, JobView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import { toAttention } from './to-attention.ts'
import {
  causeOfDueTime,
  causeOfFailure,
  causeOfLongRun,
  causeOfNoSuccess,
  causeOfNoWorker,
  causeOfPause,
} from './to-cause.ts'

const item = (name: string, conditions: readonly string[], consecutive_failures = 0) => ({
  name,
  conditions,
  consecutive_failures,
  overdue_seconds: 11_000,
})

function member(key: string, items: readonly object[], total = items.length) {
  return { key, name: key, live: { status: { attention: { total, items } } as unknown as AdminStatusV2 } }
}

const run = (given: object) =>
  ({ kind: 'run', id: '1', state: 'failed', waiting_for: null, error: null, ...given }) as LedgerEntryView

describe('jobs that need attention', () => {
  it('are those of all schedulers, worst first', () => {
    const { rows, total } = toAttention([
      member('a', [item('x', ['failing'], 2), item('w', ['paused'])], 70),
      member('b', [item('y', ['failing', 'paused'], 9), item('z', ['overdue'])]),
    ])
    expect(rows.map(({ job }) => job)).toEqual(['y', 'x', 'z', 'w'])
    expect(total).toBe(72)
    expect(rows[0]).toMatchObject({ words: ['Failed 9 times in a row', 'Paused'], state: 'failed', isPaused: true })
    expect(rows[2]?.words).toEqual(['Overdue for 3 h 3 min'])
  })

  it('have the words of the last error as their reason', () => {
    const error = { code: 'X', name: 'TypeError', message: 'no rate' }
    expect(causeOfFailure(run({ error }))).toMatchObject({ text: 'TypeError: no rate', runId: '1' })
    expect(causeOfFailure(run({ error: { ...error, name: 'Error' } })).text).toBe('no rate')
    expect(causeOfFailure(run({ state: 'timed_out' })).text).toContain('timeout')
    expect(causeOfFailure(run({ state: 'orphaned' })).text).toContain('process')
    expect(causeOfFailure(undefined)).toMatchObject({ runId: null, text: 'The failed run is no longer kept.' })
  })

  it('that run long say how far they have come, and since when', () => {
    const progress = { done: 1_200, total: 4_000, at: '' }
    expect(causeOfLongRun(run({ state: 'running', started_at: 'then', progress }))).toMatchObject({
      text: '1,200 of 4,000 done',
      since: 'then',
    })
    expect(causeOfLongRun(run({ progress: null })).text).toContain('no progress')
  })

  it('that are overdue say why they did not start, or that they go without a success', () => {
    expect(causeOfDueTime({ text: 'waits for a place', at: 'then' })).toMatchObject({ since: 'then', runId: null })
    const skipped = { kind: 'unrun', id: '1', state: 'skipped' } as LedgerEntryView
    expect(causeOfNoSuccess(skipped)).toMatchObject({
      text: expect.stringContaining('The last run: skipped.'),
      runId: null,
    })
    expect(causeOfNoSuccess(run({ state: 'cancelled' })).runId).toBe('1')
    const waiting = causeOfNoSuccess(run({ state: 'running', waiting_for: 'attempt' }))
    expect(waiting.text).toContain('The last run: waiting.')
    expect(causeOfNoSuccess(undefined).text).toContain('not succeeded')
  })

  it('that have no worker say for how many runs, and since when the oldest waits', () => {
    const stranded = { ...item('q', ['no_worker']), queued_runs: 3, oldest_queued_seconds: 60 }
    const { rows } = toAttention([member('a', [stranded])])
    expect(rows).toMatchObject([{ words: ['No worker for 3 queued runs'], state: 'late', worst: 'no_worker' }])
    expect(causeOfNoWorker({ oldest_queued_seconds: 60 }, Date.parse('2026-01-01T12:01:00.000Z'))).toMatchObject({
      text: expect.stringContaining('No live worker has this job.'),
      since: '2026-01-01T12:00:00.000Z',
      runId: null,
    })
  })

  it('that are paused say by whom, why, and until when', () => {
    const paused = { by: 'ann', why: 'holiday', at: 'then', until: null }
    expect(causeOfPause({ paused } satisfies Pick<JobView, 'paused'>)).toMatchObject({
      text: 'Paused by ann: holiday',
      since: 'then',
      ends: 'open',
    })
    expect(causeOfPause({ paused: null })).toBeNull()
  })
})
