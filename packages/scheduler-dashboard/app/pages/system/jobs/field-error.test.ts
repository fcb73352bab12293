import { describe, expect, it } from 'vitest'

import { fieldErrorOf } from './field-error.ts'

describe('a refusal', () => {
  it('is shown at the field that it names', () => {
    expect(fieldErrorOf('job.timeoutMs: expected at least 1.')).toEqual({
      field: 'timeout_ms',
      text: 'expected at least 1.',
    })
    expect(fieldErrorOf('body.overlap_policy: expected one of skip, allow.')?.field).toBe('overlap_policy')
    expect(fieldErrorOf('job.schedule.pattern (minute): expected 0-59.')).toEqual({
      field: 'pattern',
      text: 'minute: expected 0-59.',
    })
    expect(fieldErrorOf('query.cron (minute): expected 0-59.')?.field).toBe('cron')
  })

  it('is of the whole otherwise', () => {
    expect(fieldErrorOf('There is no such job.')).toBeNull()
  })
})
