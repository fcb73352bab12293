import { request } from 'node:http'

import type { Scheduler } from '@pm/scheduler-core'
import { schedulerDashboard } from '@pm/scheduler-express'
import type express from 'express'
import type { Express, Request } from 'express'
import helmet from 'helmet'
import { describe, expect, it } from 'vitest'

import { createDashboard, type DashboardOptions } from '../src/index.ts'
import { authorize, filesOf, listen, openPage, openScheduler, resolverOf } from './open-host.ts'
import { openStrippingProxy } from './stripping-proxy.ts'

type Mount = (app: Express, router: ReturnType<typeof schedulerDashboard>, create: typeof express) => void

/** The ways in which hosts mount the pages: how, and the path of the mount. */
const MOUNTS: readonly (readonly [name: string, path: string, mount: Mount])[] = [
  ['on a path', '/admin', (app, router) => app.use('/admin', router)],
  ['on a path with a slash', '/admin', (app, router) => app.use('/admin/', router)],
  ['on a deep path', '/internal/ops/admin', (app, router) => app.use('/internal/ops/admin', router)],
  [
    'inside of routers inside of routers',
    '/tenants/acme%20ltd/ops/admin',
    (app, router, create) => {
      const ops = create.Router().use('/admin', router)
      app.use('/tenants/:tenant', create.Router().use('/ops', ops))
    },
  ],
  [
    'in an app that is strict about case and slashes',
    '/admin',
    (app, router) => app.enable('strict routing').enable('case sensitive routing').use('/admin', router),
  ],
  ['after a body parser', '/admin', (app, router, create) => app.use(create.json()).use('/admin', router)],
  ['before a body parser', '/admin', (app, router, create) => app.use('/admin', router).use(create.json())],
  ['behind helmet', '/admin', (app, router) => app.use(helmet()).use('/admin', router)],
  ['with a name like a scheme', '/a:b', (app, router, create) => app.use(create.Router().use(/^\/a:b/, router))],
]

const PAGES = [
  '',
  '/',
  '/market-data',
  '/market-data/',
  '/system',
  '/system/jobs/poll',
  '/system/runs/1/',
  '/jobs/a%2Fb',
]

/** Stories of the pages on one version of Express. */
export function describeMounts(version: string, create: typeof express): void {
  async function open(mount: Mount, options: Partial<DashboardOptions<Request>> = {}, scheduler?: Scheduler) {
    const app = create()
    const dashboard = createDashboard(scheduler ?? (await openScheduler()), { authorize, ...options })
    mount(app, schedulerDashboard(dashboard), create)
    return listen(app)
  }

  /** Opens every page below a mount, every file that it names, and a route that its script asks. */
  async function walk(mounted: string): Promise<void> {
    for (const path of PAGES) {
      const url = `${mounted}${path}`
      const page = await openPage(url)
      const text = await page.text()
      expect({ url, status: page.status }).toEqual({ url, status: 200 })
      const resolve = resolverOf(url, text)
      expect(resolve('').href).toBe(`${mounted}/`)
      for (const file of filesOf(text)) expect((await fetch(resolve(file))).status).toBe(200)
      const status = await fetch(resolve('api/portfolio/admin/status'), { headers: { 'x-user': 'ada' } })
      expect(await status.json()).toMatchObject({ scheduler: { name: 'portfolio' } })
    }
  }

  describe(`the pages on ${version}`, () => {
    it.each(MOUNTS)('open %s', async (_name, path, mount) => {
      await walk(`${await open(mount)}${path}`)
    })

    it('open behind a proxy that strips a part of the path', async () => {
      const origin = await open((app, router) => app.use('/admin', router))
      await walk(`${await openStrippingProxy({ origin, strips: '/tools/pm' })}/tools/pm/admin`)
    })

    it('send whoever logs in to a login under the prefix that a proxy strips', async () => {
      const login = () => '/login'
      const origin = await open((app, router) => app.use('/admin', router), { login, logoutUrl: '/logout' })
      const proxy = `${await openStrippingProxy({ origin, strips: '/tools/pm' })}/tools/pm`
      for (const path of ['/admin', '/admin/', '/admin/system', '/admin/system/jobs/poll']) {
        const { status, headers } = await openPage(`${proxy}${path}`, null)
        const location = new URL(headers.get('location') ?? '', `${proxy}${path}`).href
        expect({ path, status, location }).toEqual({ path, status: 303, location: `${proxy}/login` })
        const text = await (await openPage(`${proxy}${path}`)).text()
        const { loginUrl, logoutUrl } = JSON.parse(/id="page-config">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}')
        const resolve = resolverOf(`${proxy}${path}`, text)
        expect([loginUrl, logoutUrl].map((url) => resolve(url).href)).toEqual([`${proxy}/login`, `${proxy}/logout`])
      }
    })

    it('open behind a proxy that strips the whole path, if it is told', async () => {
      const origin = await open((app, router) => app.use(router), { basePath: '/tools/admin' })
      await walk(`${await openStrippingProxy({ origin, strips: '/tools/admin' })}/tools/admin`)
    })

    it('are not found at the star of a request, a path without a slash', async () => {
      const origin = await open((app, router) => app.use(router))
      const status = await new Promise((resolve, reject) => {
        const asked = { path: '*', headers: { 'x-user': 'ada' }, agent: false }
        const sent = request(origin, asked, (answer) => resolve(answer.resume().statusCode))
        sent.on('error', reject).end()
      })
      expect(status).toBe(404)
    })

    it('take commands with a body, before and after a parser', async () => {
      for (const mount of [
        (app: Express, router: ReturnType<typeof schedulerDashboard>) => app.use(create.json()).use('/admin', router),
        (app: Express, router: ReturnType<typeof schedulerDashboard>) => app.use('/admin', router).use(create.json()),
      ]) {
        const origin = await open(mount, { control: true })
        const answer = await fetch(`${origin}/admin/api/portfolio/admin/pause`, {
          method: 'POST',
          headers: { 'x-user': 'ada', 'content-type': 'application/json' },
          body: JSON.stringify({ why: 'maintenance' }),
        })
        expect({ status: answer.status, body: await answer.json() }).toMatchObject({
          status: 200,
          body: { changed: true },
        })
      }
    })

    it('leave other paths of the host to the host', async () => {
      const origin = await open((app, router) =>
        app.use('/admin', router).use((_req, res) => void res.status(418).end()),
      )
      expect((await openPage(`${origin}/administration`)).status).toBe(418)
      expect((await openPage(`${origin}/`)).status).toBe(418)
      expect((await openPage(`${origin}/admin/nothing`)).status).toBe(404)
    })

    it('end their streams when they are told to', async () => {
      const app = create()
      const router = schedulerDashboard(createDashboard<Request>(await openScheduler(), { authorize }))
      const origin = await listen(app.use('/admin', router))
      const stream = await fetch(`${origin}/admin/api/portfolio/admin/events`, { headers: { 'x-user': 'ada' } })
      const read = stream.text()
      router.closeStreams()
      expect(await read).toContain('event: status')
    })
  })
}
