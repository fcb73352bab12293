import type { BulkResultView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { toJobFilter, toOutcome } from './filter-command.ts'

it('is a filter only where it does not mean all jobs', () => {
  expect(toJobFilter({ q: '', tag: '', owner: '' })).toBeNull()
  expect(toJobFilter({ q: 'po', tag: 'nightly,mail', owner: 'web' })).toEqual({
    search: 'po',
    tags: ['nightly', 'mail'],
    owner: 'web',
  })
})

it('says what was done, and who was left alone and why', () => {
  const left = [
    { job: 'a', why: 'already' },
    { job: 'b', why: 'needs_input' },
    { job: 'c', why: 'needs_input' },
  ] as const
  const result = { dry_run: false, jobs: ['d', 'e'], runs: [], left, match: 'm', count: 5 } as unknown as BulkResultView
  expect(toOutcome(result)).toBe('Done for 2 jobs, 1 was so already, 2 need an input')
  expect(toOutcome({ ...result, left: [], jobs: ['d'] } as BulkResultView)).toBe('Done for 1 job')
})
