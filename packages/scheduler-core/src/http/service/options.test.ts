import { describe, expect, it, vi } from 'vitest'

import { isSchedulerError } from '../../errors.ts'
import { NOTHING_DECLARED } from '../../ports/declared.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { unsafeAllowAll } from '../guard/authorize.ts'
import { createFetchHandler } from './create-fetch-handler.ts'

const authorize = () => ({ allow: false, reason: 'forbidden' }) as const

describe('the options of a view', () => {
  it.each<readonly [string, unknown, object]>([
    ['nothing at all', undefined, { path: 'http.view' }],
    ['no view', { authorize }, { path: 'http.view' }],
    ['an unknown view', { view: 'admn', authorize }, { path: 'http.view', suggestion: 'admin' }],
    ['no authorize', { view: 'admin' }, { path: 'http.authorize', received: 'undefined' }],
    ['no authorize for the market data', { view: 'market-data' }, { path: 'http.authorize' }],
    [
      'an authorize that is a boolean',
      { view: 'admin', authorize: true },
      { path: 'http.authorize', received: 'true' },
    ],
    [
      'unsafeAllowAll in an unknown environment',
      { view: 'admin', authorize: unsafeAllowAll },
      { path: 'http.authorize' },
    ],
    [
      'unsafeAllowAll in production',
      { view: 'market-data', authorize: unsafeAllowAll, environment: 'production' },
      { path: 'http.authorize' },
    ],
    [
      'unsafeAllowAll in an environment of another name',
      { view: 'admin', authorize: unsafeAllowAll, environment: 'staging' },
      { path: 'http.authorize' },
    ],
    [
      'a copy of unsafeAllowAll',
      { view: 'admin', authorize: { ...unsafeAllowAll }, environment: 'development' },
      { path: 'http.authorize' },
    ],
    [
      'a host with a path',
      { view: 'admin', authorize, allowedHosts: ['a.example/x'] },
      { path: 'http.allowedHosts[0]' },
    ],
    ['a misspelt option', { view: 'admin', authorize, contorl: true }, { path: 'http.contorl', suggestion: 'control' }],
    ['control of market data', { view: 'market-data', authorize, control: true }, { path: 'http.control' }],
    ['unsafeAllowAll for the probes', { view: 'health', authorize: unsafeAllowAll }, { path: 'http.authorize' }],
    [
      'a hook without a time limit',
      { view: 'admin', authorize, authorizeTimeoutMs: Infinity },
      { path: 'http.authorizeTimeoutMs' },
    ],
    ['an origin with a path', { view: 'admin', authorize, allowedOrigins: ['https://a.example/'] }, {}],
    ['any origin', { view: 'admin', authorize, allowedOrigins: ['*'] }, { path: 'http.allowedOrigins[0]' }],
    [
      'live updates at an interval of 0',
      { view: 'admin', authorize, live: { intervalMs: 0 } },
      { path: 'http.live.intervalMs' },
    ],
    ['a template for URLs', { view: 'admin', authorize, runLogUrl: '/logs/:id' }, { path: 'http.runLogUrl' }],
    ['limits in numbers', { view: 'admin', authorize, commandLimits: 60 }, { path: 'http.commandLimits' }],
    [
      'a deprecation without an instant',
      { view: 'admin', authorize, deprecation: {} },
      { path: 'http.deprecation.at' },
    ],
    [
      'a sunset before the deprecation',
      { view: 'admin', authorize, deprecation: { at: 2, sunset: 1 } },
      { path: 'http.deprecation.sunset' },
    ],
    [
      'a link that could end its header',
      { view: 'admin', authorize, deprecation: { at: 2, link: 'https://a.example/>' } },
      { path: 'http.deprecation.link' },
    ],
    [
      'an empty rate that is neither null nor 0',
      { view: 'admin', authorize, emptyRate: 100 },
      { path: 'http.emptyRate' },
    ],
  ])('are refused with %s', (_what, options, details) => {
    expect(refusalOf(options)).toMatchObject(details)
  })

  it.each<readonly [string, object]>([
    ['a hook', { view: 'admin', authorize }],
    ['commands', { view: 'admin', authorize, control: true, allowedOrigins: ['https://ops.example.com'] }],
    ['unsafeAllowAll in development', { view: 'market-data', authorize: unsafeAllowAll, environment: 'development' }],
    ['unsafeAllowAll in tests', { view: 'admin', authorize: unsafeAllowAll, environment: 'test' }],
    ['hosts', { view: 'admin', authorize, allowedHosts: ['ops.example.com', '10.0.0.7:3000', '[fd00::7]'] }],
    ['nothing but the probes', { view: 'health' }],
  ])('are taken with %s', (_what, options) => {
    expect(refusalOf(options)).toBeNull()
  })

  it('believe no option that says otherwise than NODE_ENV', () => {
    const options = { view: 'admin', authorize: unsafeAllowAll, environment: 'development' }
    vi.stubEnv('NODE_ENV', 'production')
    try {
      expect(refusalOf(options)).toMatchObject({ path: 'http.authorize' })
    } finally {
      vi.unstubAllEnvs()
    }
    expect(refusalOf(options)).toBeNull()
  })
})

/** Options as a caller in JavaScript can pass them, past the types. */
function refusalOf(options: unknown): unknown {
  try {
    createFetchHandler(
      { ...NOTHING_DECLARED, on: () => () => {} } as Partial<Scheduler> as Scheduler,
      options as { view: 'health' },
    )
    return null
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details
    throw error
  }
}
