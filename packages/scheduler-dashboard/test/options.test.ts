import { isSchedulerError, type Scheduler } from '@pm/scheduler-core'
import { createSiteFetchHandler } from '@pm/scheduler-core/http'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { createDashboard, type DashboardOptions, unsafeAllowAll } from '../src/index.ts'
import { openScheduler } from './open-host.ts'

const authorize = () => ({ allow: false, reason: 'forbidden' }) as const

describe('the options of the pages', () => {
  it.each<readonly [string, unknown, object]>([
    ['nothing at all', undefined, { path: 'dashboard.authorize' }],
    ['no authorize', {}, { path: 'dashboard.authorize' }],
    ['a misspelt option', { authorize, contorl: true }, { path: 'dashboard.contorl', suggestion: 'control' }],
    ['control that is no boolean', { authorize, control: 1 }, { path: 'dashboard.control' }],
    ['any origin', { authorize, allowedOrigins: ['*'] }, { path: 'dashboard.allowedOrigins[0]' }],
    ['live updates at 0 ms', { authorize, live: { intervalMs: 0 } }, { path: 'dashboard.live.intervalMs' }],
    ['a hook without a limit', { authorize, authorizeTimeoutMs: Infinity }, { path: 'dashboard.authorizeTimeoutMs' }],
    ['a title that says nothing', { authorize, title: ' ' }, { path: 'dashboard.title' }],
    ['a badge without a name', { authorize, badge: {} }, { path: 'dashboard.badge.name' }],
    [
      'a badge in an unknown tone',
      { authorize, badge: { name: 'live', tone: 'alarmin' } },
      { path: 'dashboard.badge.tone', suggestion: 'alarming' },
    ],
    ['links that are none', { authorize, links: 'x' }, { path: 'dashboard.links' }],
    [
      'a link to a script',
      { authorize, links: [{ label: 'x', href: 'javascript:alert(1)' }] },
      { path: 'dashboard.links[0].href' },
    ],
    [
      'a colour of no known name',
      { authorize, theme: { light: { acent: '#000' } } },
      { path: 'dashboard.theme.light.acent', suggestion: 'accent' },
    ],
    [
      'a colour that is none',
      { authorize, theme: { dark: { accent: 'red; } body { display: none' } } },
      { path: 'dashboard.theme.dark.accent' },
    ],
    [
      'a colour that loads something',
      { authorize, theme: { light: { accent: 'url(https://a.example)' } } },
      { path: 'dashboard.theme.light.accent' },
    ],
    [
      'an unknown part',
      { authorize, parts: { sytem: false } },
      { path: 'dashboard.parts.sytem', suggestion: 'system' },
    ],
    [
      'no page at all',
      { authorize, parts: { admin: false, marketData: false, system: false } },
      { path: 'dashboard.parts' },
    ],
    ['a login that is no function', { authorize, login: '/login' }, { path: 'dashboard.login' }],
    ['a logout that is a script', { authorize, logoutUrl: 'javascript:out()' }, { path: 'dashboard.logoutUrl' }],
    ['a base path that is relative', { authorize, basePath: 'admin' }, { path: 'dashboard.basePath' }],
    ['a base path that is another host', { authorize, basePath: '//a.example' }, { path: 'dashboard.basePath' }],
    [
      'everybody let in, in production',
      { authorize: unsafeAllowAll, environment: 'production' },
      { path: 'dashboard.authorize' },
    ],
  ])('are refused with %s', async (_what, options, details) => {
    expect(refusalOf(await openScheduler(), options)).toMatchObject(details)
  })

  it('are taken whole', async () => {
    const options: Required<Omit<DashboardOptions<unknown>, 'clock' | 'live' | 'commandLimits'>> = {
      authorize,
      authorizeTimeoutMs: 1_000,
      control: true,
      runLogUrl: ({ id }) => `https://logs.example.com/?run=${id}`,
      allowedOrigins: ['https://ops.example.com'],
      environment: 'production',
      allowedHosts: ['ops.example.com'],
      onError: () => {},
      title: 'Portfolio',
      badge: { name: 'production', tone: 'alarming' },
      links: [{ label: 'Home', href: '/' }],
      theme: { light: { accent: '#1f5fc4' }, dark: { accent: 'rgb(127 176 255 / 80%)' } },
      parts: { configuration: false },
      login: () => '/login',
      logoutUrl: '/logout',
      basePath: '/ops/admin',
    }
    expect(refusalOf(await openScheduler(), options)).toBeNull()
  })

  it('let everybody in only where NODE_ENV says that it is no production', async () => {
    const scheduler = await openScheduler()
    onTestFinished(() => void vi.unstubAllEnvs())
    vi.stubEnv('NODE_ENV', 'production')
    expect(refusalOf(scheduler, { authorize: unsafeAllowAll })).toMatchObject({ path: 'dashboard.authorize' })
    vi.stubEnv('NODE_ENV', undefined)
    expect(refusalOf(scheduler, { authorize: unsafeAllowAll })).toMatchObject({ path: 'dashboard.authorize' })
    vi.stubEnv('NODE_ENV', 'development')
    expect(refusalOf(scheduler, { authorize: unsafeAllowAll })).toBeNull()
    expect(refusalOf(scheduler, { authorize: { ...unsafeAllowAll } })).toMatchObject({ path: 'dashboard.authorize' })
  })

  it('let everybody in under the names of the loopback interface alone: pages, files and routes', async () => {
    const site = createDashboard<Request>(await openScheduler(), { authorize: unsafeAllowAll, environment: 'test' })
    const handler = createSiteFetchHandler(site)
    const statusOf = async (host: string, path: string) => (await handler(new Request(`http://${host}${path}`))).status
    for (const path of ['/', '/system', '/assets/none.js', '/api/portfolio/admin/status', '/none']) {
      expect(await statusOf('localhost:3000', path)).not.toBe(403)
      expect(await statusOf('evil.example:3000', path)).toBe(403)
    }
  })

  it('need schedulers, each once', async () => {
    const scheduler = await openScheduler()
    expect(refusalOf([], { authorize })).toMatchObject({ path: 'schedulers' })
    expect(refusalOf([scheduler, scheduler], { authorize })).toMatchObject({ path: 'schedulers' })
    expect(refusalOf([{} as Scheduler], { authorize })).toMatchObject({ path: 'schedulers[0]' })
  })
})

/** Options as a caller in JavaScript can pass them, past the types. */
function refusalOf(schedulers: Scheduler | readonly Scheduler[], options: unknown): unknown {
  try {
    createDashboard(schedulers, options as DashboardOptions<unknown>)
    return null
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details
    throw error
  }
}
