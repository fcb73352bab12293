import type { Scheduler } from '@pm/scheduler-core'
import type { AuthorizationTarget } from '@pm/scheduler-core/http'
import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

import { createDashboardHandler, type DashboardHandlerOptions } from '../src/index.ts'
import type { PageConfig } from '../src/page-config.ts'
import { authorize, openScheduler } from './open-host.ts'

const HOST = 'https://host.example'

interface Asked {
  readonly user?: string
  readonly accept?: string
  readonly method?: string
}

/** A host that answers like a server whose pages are at `/admin`. */
async function openHost(options: Partial<DashboardHandlerOptions> = {}, given?: readonly Scheduler[]) {
  const handler = createDashboardHandler(given ?? (await openScheduler()), {
    authorize,
    mountPath: '/admin',
    ...options,
  })
  return async (path: string, { user, accept = 'text/html', method = 'GET' }: Asked = {}) => {
    const headers = { accept, ...(user !== undefined && { 'x-user': user }) }
    const answer = await handler(new Request(`${HOST}${path}`, { method, headers }))
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
  }
}

function configOf({ text }: { readonly text: string }): PageConfig {
  return JSON.parse(/id="page-config">(.*?)<\/script>/s.exec(text)?.[1] ?? 'null')
}

describe('who may open a page', () => {
  it('is asked for the audience of the page', async () => {
    const asked: AuthorizationTarget[] = []
    const open = await openHost({
      authorize: (request, target) => {
        asked.push(target)
        return authorize(request, target)
      },
    })
    for (const [path, view] of [
      ['/admin', 'admin'],
      ['/admin/system/runs/1', 'admin'],
      ['/admin/jobs/x', 'admin'],
      ['/admin/market-data/feeds/a/b', 'market-data'],
    ] as const) {
      asked.length = 0
      expect((await open(path, { user: 'ada' })).status).toBe(200)
      expect(asked[0]).toEqual({ view, action: 'open-page', access: 'read', job: null })
    }
  })

  it('an operator may all, and commands only where the host serves them', async () => {
    const reading = await openHost()
    expect(configOf(await reading('/admin', { user: 'ada' }))).toMatchObject({
      may: { admin: true, marketData: true, control: false },
      viewer: 'ada',
    })
    const commanding = await openHost({ control: true })
    expect(configOf(await commanding('/admin/market-data', { user: 'ada' }))).toMatchObject({
      may: { admin: true, marketData: true, control: true },
    })
  })

  it('an analyst sees the market data, and is led there from pages that are not for them', async () => {
    const open = await openHost({ control: true })
    const page = await open('/admin/market-data', { user: 'ann' })
    expect(configOf(page)).toMatchObject({ may: { admin: false, marketData: true, control: false }, viewer: 'ann' })
    for (const path of ['/admin', '/admin/', '/admin/system', '/admin/system/jobs/poll']) {
      const refused = await open(path, { user: 'ann' })
      expect(refused.status).toBe(403)
      expect(refused.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      expect(refused.text).toContain('<a href="market-data">Market data</a>')
      expect(refused.text).not.toContain('href="system"')
    }
  })

  it('somebody who may nothing is told so, and led nowhere', async () => {
    const { status, text } = await (await openHost())('/admin', { user: 'eve' })
    expect(status).toBe(403)
    expect(text).not.toContain('<a ')
  })

  it('programs get problems and never a page', async () => {
    const open = await openHost({ login: () => '/login' })
    for (const accept of ['application/json', '*/*', 'application/json, text/html;q=0']) {
      const refused = await open('/admin', { accept })
      expect(refused.headers['content-type']).toBe('application/problem+json; charset=utf-8')
      expect(JSON.parse(refused.text)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
      expect(JSON.parse((await open('/admin', { accept, user: 'eve' })).text)).toMatchObject({ code: 'FORBIDDEN' })
      expect(JSON.parse((await open('/admin/x', { accept })).text)).toMatchObject({ code: 'UNAUTHENTICATED' })
      const unknown = await open('/admin/api/nobody/admin/status', { accept })
      expect(JSON.parse(unknown.text)).toMatchObject({ code: 'UNAUTHENTICATED' })
      expect(JSON.parse((await open('/admin/x', { accept, user: 'ada' })).text)).toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('a hook that throws, hangs or says nothing denies, and the host hears of it', async () => {
    const clock = createManualClock({ startAt: 0 })
    const failures: unknown[] = []
    const onError = (error: unknown, { route }: { readonly route: string }) =>
      void failures.push([route, String(error)])
    const broken = await openHost({ authorize: () => Promise.reject(new Error('no directory')), onError })
    expect((await broken('/admin')).status).toBe(403)
    const mute = await openHost({ authorize: (() => undefined) as never, onError })
    expect((await mute('/admin')).status).toBe(403)
    const hanging = await openHost({
      authorize: () => new Promise(() => {}),
      authorizeTimeoutMs: 1_000,
      clock,
      onError,
    })
    const refused = hanging('/admin/market-data', { accept: 'application/json' })
    await clock.advance(1_000)
    expect((await refused).status).toBe(403)
    expect(failures.slice(-1)).toEqual([['openPage', 'Error: authorize took over 1000 ms']])
    expect(failures[0]).toEqual(['openPage', 'Error: no directory'])
  })
})

describe('who is not logged in', () => {
  it('is sent to the login of the host, with the way back', async () => {
    const open = await openHost({ login: (_request, { returnTo }) => `/login?to=${encodeURIComponent(returnTo)}` })
    for (const [path, back, login] of [
      ['/admin', '/admin', './login'],
      ['/admin/', '/admin/', '../login'],
      ['/admin/system/runs?state=failed&job=x', '/admin/system/runs?state=failed&job=x', '../../login'],
      // Whether there is such a page is not told.
      ['/admin/nothing', '/admin/nothing', '../login'],
    ] as const) {
      const { status, headers } = await open(path)
      expect({ status, location: headers['location'] }).toEqual({
        status: 303,
        location: `${login}?to=${encodeURIComponent(back)}`,
      })
      expect(headers['cache-control']).toBe('no-store')
    }
    const { loginUrl, logoutUrl } = configOf(await open('/admin/system', { user: 'ada' }))
    expect({ loginUrl, logoutUrl }).toEqual({ loginUrl: '../login?to=%2Fadmin%2Fsystem', logoutUrl: null })
  })

  it('is sent where the host says, as it says it, when that is elsewhere or the whole path is stripped', async () => {
    const elsewhere = await openHost({ login: () => 'https://login.example/', logoutUrl: '//login.example/out' })
    expect((await elsewhere('/admin/system')).headers['location']).toBe('https://login.example/')
    expect(configOf(await elsewhere('/admin', { user: 'ada' })).logoutUrl).toBe('//login.example/out')
    const stripped = await openHost({
      login: () => '/login',
      logoutUrl: '/logout',
      mountPath: '',
      basePath: '/ops/admin',
    })
    expect((await stripped('/system')).headers['location']).toBe('/login')
    expect(configOf(await stripped('/', { user: 'ada' })).logoutUrl).toBe('/logout')
  })

  it('never gets a way back to another host', async () => {
    const seen: string[] = []
    const open = await openHost({
      mountPath: '',
      login: (_request, { returnTo }) => {
        seen.push(returnTo)
        return '/login'
      },
    })
    for (const path of ['//evil.example/system', '/system//evil.example', '/%5Cevil.example', '/']) await open(path)
    for (const returnTo of seen) expect(new URL(returnTo, HOST).origin).toBe(HOST)
    expect(seen).toContain('/')
  })

  it('gets a page that says so where the host has no login, or its hook fails', async () => {
    const failures: unknown[] = []
    const onError = (error: unknown) => void failures.push(String(error))
    const hooks: readonly (readonly [DashboardHandlerOptions['login'], number])[] = [
      [undefined, 0],
      [() => null, 0],
      [() => Promise.reject(new Error('no login today')), 1],
      [() => 'javascript:alert(1)', 1],
      [(() => 7) as never, 1],
      [() => '/admin/', 1],
      [(_request, { returnTo }) => `?to=${encodeURIComponent(returnTo)}`, 1],
    ]
    for (const [login, expected] of hooks) {
      failures.length = 0
      const { status, headers, text } = await (await openHost({ ...(login && { login }), onError }))('/admin')
      expect(status).toBe(401)
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'www-authenticate': 'Bearer' })
      expect(text).toContain('You are not logged in')
      expect(failures).toHaveLength(expected)
    }
  })
})

describe('a page', () => {
  it('knows what the host says of itself, as text and never as markup', async () => {
    const evil = '</script><img src=x onerror=alert(1)>'
    const open = await openHost({
      title: evil,
      badge: { name: evil.slice(0, 40), tone: 'alarming' },
      links: [{ label: evil, href: '/x"><script>' }],
      parts: { configuration: false },
      logoutUrl: '/logout',
    })
    const page = await open('/admin', { user: 'ada' })
    expect(page.text).not.toContain('<img')
    expect(page.text.match(/<script/g)).toHaveLength(3)
    expect(configOf(page)).toMatchObject({
      title: evil,
      environment: { tone: 'alarming' },
      links: [{ label: evil, href: '/x"><script>' }],
      logoutUrl: '../logout',
      parts: { admin: true, marketData: true, system: true, configuration: false },
    })
    expect((await open('/admin/x', { user: 'ada' })).text).not.toContain('<img')
  })

  it('that the host does not show is not there; the entrance leads to the first that is', async () => {
    const open = await openHost({ parts: { admin: false } })
    const entrance = await open('/admin', { user: 'ada' })
    expect({ status: entrance.status, to: entrance.headers['location'] }).toEqual({
      status: 303,
      to: './admin/market-data',
    })
    expect((await open('/admin/', { user: 'ada' })).headers['location']).toBe('./market-data')
    const narrow = await openHost({ parts: { marketData: false, system: false } })
    for (const path of ['/admin/market-data', '/admin/system', '/admin/jobs/x'])
      expect((await narrow(path, { user: 'ada' })).status).toBe(404)
    expect((await narrow('/admin', { user: 'ada' })).status).toBe(200)
  })

  it('that nobody knows, or that is sent something, is answered by a page of ours', async () => {
    const open = await openHost()
    for (const path of ['/admin/nothing', '/admin//', '/admin/System', '/admin/%zz', '/admin/.env']) {
      const { status, text } = await open(path, { user: 'ada' })
      expect({ path, status }).toEqual({ path, status: 404 })
      expect(text).toContain('There is no such page')
      expect(text).not.toContain('nothing')
    }
    const posted = await open('/admin', { user: 'ada', method: 'POST' })
    expect(posted).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } })
    expect(await open('/admin', { method: 'OPTIONS' })).toMatchObject({ status: 204, text: '' })
    const head = await open('/admin', { user: 'ada', method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, text: '' })
  })

  it('shows several schedulers side by side, each by its own routes', async () => {
    const schedulers = [await openScheduler('prices'), await openScheduler('reports'), await openScheduler('prices')]
    const open = await openHost({}, schedulers)
    expect(configOf(await open('/admin', { user: 'ada' })).schedulers).toEqual([
      { key: 'prices', name: 'prices' },
      { key: 'reports', name: 'reports' },
      { key: 'prices-2', name: 'prices' },
    ])
    for (const { key, name } of configOf(await open('/admin', { user: 'ada' })).schedulers) {
      const { text } = await open(`/admin/api/${key}/admin/status`, { user: 'ada', accept: 'application/json' })
      expect(JSON.parse(text)).toMatchObject({ scheduler: { name } })
    }
    const unknown = await open('/admin/api/nobody/admin/status', { user: 'ada' })
    expect({ status: unknown.status, ...JSON.parse(unknown.text) }).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })
})
