import { describe, expect, it } from 'vitest'

import { aRun } from '../runs/a-run.testing.ts'
import { toAnswer } from './to-answer.ts'

const at = '2026-01-01T12:00:00.000Z'
const about = { job: 'poll', at }
const formatAt = (instant: string) => `<${instant.slice(11, 19)}>`

describe('an answer to "why did it not run at ...?"', () => {
  it('is the sentence of the server in the zone of the reader', () => {
    const text = `${at} was due. It was skipped: the run before it was still going.`
    const { id } = aRun()
    const answer = toAnswer({ ...about, kind: 'recorded', text, entry: aRun({ state: 'failed' }), later: [] }, formatAt)
    expect(answer).toMatchObject({ state: 'failed', entry: id })
    expect(answer.text).toBe('<12:00:00> was due. It was skipped: the run before it was still going.')
  })

  it('leads to the due times around a moment that is none', () => {
    const previous_due_at = '2026-01-01T11:00:00.000Z'
    const answer = toAnswer({ ...about, kind: 'not-due', text: '', previous_due_at, next_due_at: null }, formatAt)
    expect(answer).toMatchObject({ state: 'skipped', previous: previous_due_at, next: null, entry: null })
  })

  it('says loudly that something was lost, and calmly that it was before the job', () => {
    expect(toAnswer({ ...about, kind: 'unknown', text: '', reason: 'unexplained' }, formatAt).state).toBe('failed')
    expect(toAnswer({ ...about, kind: 'unknown', text: '', reason: 'first-known' }, formatAt).state).toBe('unknown')
  })
})
