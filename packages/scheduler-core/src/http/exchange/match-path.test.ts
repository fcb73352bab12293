import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { matchPath } from './match-path.ts'

const PATTERNS = ['/status', '/jobs', '/jobs/:job', '/jobs/:job/run', '/runs/:id']

describe('matching a path', () => {
  it.each<readonly [string, string, object]>([
    ['/status', '/status', {}],
    ['/status/', '/status', {}],
    ['/jobs/poll', '/jobs/:job', { job: 'poll' }],
    ['/jobs/poll/run/', '/jobs/:job/run', { job: 'poll' }],
    ['/jobs/a%2Fb', '/jobs/:job', { job: 'a/b' }],
  ])('%s is %s', (pathname, path, params) => {
    expect(matchPath(PATTERNS, pathname)).toEqual({ path, params })
  })

  it.each([
    '',
    '/',
    '//',
    '/status//',
    '//status',
    '/Status',
    '/jobs//run',
    '/jobs/poll/run/x',
    '/runs',
    '/runs/',
    'status',
  ])('"%s" is none of ours', (pathname) => {
    expect(matchPath(PATTERNS, pathname)).toBeNull()
  })

  it('says that a parameter cannot be decoded', () => {
    expect(matchPath(PATTERNS, '/jobs/%zz')).toEqual({ path: '/jobs/:job', params: null })
  })

  it('gives back any text that was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (job) => {
        const pathname = `/jobs/${encodeURIComponent(job)}/run`
        expect(matchPath(PATTERNS, pathname)).toEqual({ path: '/jobs/:job/run', params: { job } })
      }),
    )
  })
})
