import type { PoliciesView } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import { POLICY_FIELDS } from './policy-fields.ts'
import { toPatch, toTexts } from './to-patch.ts'

const code: PoliciesView = {
  schedule: { kind: 'every', period_ms: 60_000, anchor_at: '1970-01-01T00:00:00.000Z' },
  timeout_ms: 300_000,
  run_timeout_ms: null,
  misfire_grace_ms: 60_000,
  misfire_policy: 'run-latest',
  overlap_policy: 'skip',
  on_orphan: 'fail',
  priority: 0,
  queue: 'default',
  retry: { max_attempts: 1, backoff_ms: 1_000, max_backoff_ms: 60_000 },
}
const job = { defaults: code, policies: { ...code, timeout_ms: 20_000 } }
const texts = toTexts(job)

it('has a field for every policy but the schedule', () => {
  const { schedule: _, retry, ...own } = code
  const names = Object.keys({ ...own, ...retry })
  expect(POLICY_FIELDS.map(({ name }) => name).sort()).toEqual(names.sort())
})

describe('a change of policies', () => {
  it('is empty while the fields are as they were', () => {
    expect(toPatch(job, texts)).toEqual({ body: {}, problems: {}, changes: [] })
  })

  it('has only what was changed, that of retries in its own place', () => {
    const { body, changes } = toPatch(job, { ...texts, timeout_ms: '1m 30s', max_attempts: '3' })
    expect(body).toEqual({ timeout_ms: 90_000, retry: { max_attempts: 3 } })
    expect(changes).toEqual([
      { name: 'timeout_ms', from: '20 s', to: '1 min 30 s' },
      { name: 'max_attempts', from: '1 try', to: '3 tries' },
    ])
  })

  it('goes back to the code where a field is emptied', () => {
    const { body, changes } = toPatch(job, { ...texts, timeout_ms: ' ' })
    expect(body).toEqual({ timeout_ms: null })
    expect(changes).toEqual([{ name: 'timeout_ms', from: '20 s', to: '5 min' }])
  })

  it('takes the limit of a run back to what its attempts may take', () => {
    const limited = { defaults: code, policies: { ...code, run_timeout_ms: 3_600_000 } }
    expect(toTexts(limited).run_timeout_ms).toBe('1h')
    const { body, changes } = toPatch(limited, { ...toTexts(limited), run_timeout_ms: '' })
    expect(body).toEqual({ run_timeout_ms: null })
    expect(changes).toEqual([
      { name: 'run_timeout_ms', from: '1 h', to: 'as long as its attempts and their waits may take' },
    ])
  })

  it('says at the field what cannot be read', () => {
    const { body, problems } = toPatch(job, { ...texts, timeout_ms: 'soon', priority: '1.5' })
    expect(body).toEqual({})
    expect(Object.keys(problems)).toEqual(['timeout_ms', 'priority'])
  })
})
