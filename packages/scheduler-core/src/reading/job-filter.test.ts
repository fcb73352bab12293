import { expect, it } from 'vitest'

import { type JobFilter, meets } from './job-filter.ts'

const job = { name: 'Poll prices', tags: ['eu', 'prices'], owner: 'desk' }

it.each<readonly [JobFilter, boolean]>([
  [{}, true],
  [{ jobs: ['Poll prices'] }, true],
  [{ jobs: [] }, false],
  [{ search: 'PRICES' }, true],
  [{ search: 'pricess' }, false],
  [{ tags: ['us', 'eu'] }, true],
  [{ tags: ['us'] }, false],
  [{ owner: 'desk' }, true],
  [{ owner: 'des' }, false],
  [{ jobs: ['Poll prices'], search: 'poll', tags: ['eu'], owner: 'desk' }, true],
  [{ jobs: ['other'], search: 'poll', tags: ['eu'], owner: 'desk' }, false],
])('a job meets each condition that is given: %o', (filter, isMet) => {
  expect(meets(job, filter)).toBe(isMet)
})
