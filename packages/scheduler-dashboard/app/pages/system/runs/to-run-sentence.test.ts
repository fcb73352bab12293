import { describe, expect, it } from 'vitest'

import { aRun, QUEUED } from './a-run.testing.ts'
import { toRunSentence } from './to-run-sentence.ts'

const NOW = Date.parse('2026-01-01T12:03:12.250Z')

describe('a run in one sentence', () => {
  it('says how it ended, after how long, and how late it began', () => {
    expect(toRunSentence(aRun(), NOW)).toBe('Succeeded after 1 s, started on time.')
    const late = aRun({ state: 'failed', attempt: 3, duration_ms: 61_000, lateness_ms: 5_000 })
    expect(toRunSentence(late, NOW)).toBe('Failed after 1 min 1 s at try 3, started 5 s late.')
    expect(toRunSentence(aRun({ trigger: 'manual', lateness_ms: null }), NOW)).toBe('Succeeded after 1 s.')
  })

  it('says for how long it has been running', () => {
    expect(toRunSentence(aRun({ state: 'running', settled_at: null, duration_ms: null }), NOW)).toBe(
      'Running for 3 min 12 s.',
    )
  })

  it('says what a run waits for, and how long', () => {
    const waiting = aRun({ state: 'running', attempt: 2, waiting_for: 'attempt', settled_at: null, duration_ms: null })
    expect(toRunSentence({ ...waiting, next_attempt_at: '2026-01-01T12:04:00.000Z' }, NOW)).toBe(
      'Waits for try 3, in 47 s.',
    )
    expect(toRunSentence({ ...waiting, next_attempt_at: '2026-01-01T12:01:00.000Z' }, NOW)).toMatch(/^Try 3 may begin/)
    expect(toRunSentence({ ...waiting, waiting_for: 'instance' }, NOW)).toMatch(/^Waits for an instance/)
  })

  it('says for how long a run has waited in a queue, and that it was cancelled there', () => {
    expect(toRunSentence(aRun(QUEUED), NOW)).toBe('Waits in a queue for a worker, for 3 min 12 s by now.')
    const cancelled = {
      ...QUEUED,
      state: 'cancelled',
      waiting_for: null,
      settled_at: '2026-01-01T12:00:30.000Z',
    } as const
    expect(toRunSentence(aRun(cancelled), NOW)).toBe('Cancelled after 30 s in a queue, before a worker had it.')
  })

  it('says why a due time did not run', () => {
    const unrun = {
      kind: 'unrun',
      id: '1',
      job: 'poll',
      state: 'skipped',
      reason: 'overlap',
      scheduled_for: '2026-01-01T12:00:00.000Z',
      through: '2026-01-01T12:00:00.000Z',
      due_count: 1,
      settled_at: '2026-01-01T12:00:00.000Z',
    } as const
    expect(toRunSentence(unrun, NOW)).toBe('Skipped: the run before was still going.')
    expect(toRunSentence({ ...unrun, state: 'missed', reason: null, due_count: 5 }, NOW)).toMatch(
      /^Missed: .*5 due times/,
    )
  })
})
