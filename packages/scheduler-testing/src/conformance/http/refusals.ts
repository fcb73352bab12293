import { Agent } from 'node:http'

import { type HttpView, unsafeAllowAll } from '@pm/scheduler-core/http'
import { describe, expect, it, onTestFinished } from 'vitest'

import type { HttpScope, ServeHttp } from './adapter.ts'
import { HOOK_ANSWERS } from './hook-answers.ts'
import { openScene, ROUTES } from './scene.ts'
import { FAILED_RUN_ID, JOB } from './staged-past.ts'

const GUARDED: readonly HttpView[] = ['admin', 'market-data']
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'] as const

export function describeRefusals(serve: ServeHttp, scope: HttpScope): void {
  describe('authorization', () => {
    it.each([
      ['nobody', {}, 401],
      ['somebody unknown', { authorization: 'Bearer eve' }, 401],
      ['somebody who may not', { authorization: 'Bearer vic' }, 403],
    ] as const)('gives %s nothing on any route', async (_who, headers, status) => {
      const scene = await openScene(serve)
      for (const view of GUARDED)
        for (const { method, path } of ROUTES[view]) {
          const answer = await scene.ask(view, concrete(path), { method, headers })
          expect({ method, path, status: answer.status }).toEqual({ method, path, status })
          expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined)
        }
      expect(scene.staged.calls).toEqual([])
    })

    it('answers a path that is none as one that is, to whoever may not read the status', async () => {
      const scene = await openScene(serve)
      for (const view of GUARDED) {
        const known = await scene.ask(view, '/status')
        for (const path of ['/none', '/status/x', '/STATUS', '/jobs/x/none', '/jobs/%zz/run']) {
          const { status, text, headers } = await scene.ask(view, path)
          expect({ path, status, text }).toEqual({ path, status: 401, text: known.text })
          expect(headers['www-authenticate']).toBe('Bearer')
          expect((await scene.as('vic', view, path)).status).toBe(403)
          expect([404, 400]).toContain((await scene.as('ada', view, path)).status)
        }
      }
      expect(scene.staged.calls.filter((call) => call !== 'snapshot')).toEqual([])
    })

    it('answers methods that a path does not have, and the question for those that it has, as a path that is none', async () => {
      const scene = await openScene(serve)
      for (const path of ['/status', '/none'])
        for (const method of ['OPTIONS', 'POST', 'PUT', 'DELETE']) {
          const answer = await scene.ask('market-data', path, { method })
          expect({ path, method, status: answer.status }).toEqual({ path, method, status: 401 })
          expect(answer.headers.allow).toBeUndefined()
          expect((await scene.as('vic', 'market-data', path, { method })).status).toBe(403)
        }
      expect(scene.staged.calls).toEqual([])
    })

    it.each(GUARDED)('gives nothing of the view %s by any method or spelling of a path', async (view) => {
      const scene = await openScene(serve)
      const agent = new Agent({ keepAlive: true })
      onTestFinished(() => agent.destroy())
      for (const { method, path } of walk(view)) {
        const { status, headers } = await scene.ask(view, path, { method, agent })
        if (status < 400 || status >= 500 || headers.allow !== undefined)
          expect.fail(`${method} ${path} was answered ${status}`)
      }
      expect(scene.staged.calls).toEqual([])
    })

    it('asks for each request, and says which view, action and job it is about', async () => {
      const scene = await openScene(serve)
      await scene.as('ada', 'admin', `/jobs/${JOB}/run`, { method: 'POST' })
      await scene.as('ada', 'market-data', '/status')
      await scene.ask('health', '/health/live')
      expect(scene.asked).toEqual([
        { view: 'admin', action: 'run-job', access: 'control', job: JOB },
        { view: 'market-data', action: 'read-status', access: 'read', job: null },
      ])
    })

    if (scope === 'mount') return

    it.each(HOOK_ANSWERS)('denies when the hook %s', async (_what, hook) => {
      const scene = await openScene(serve, { admin: { authorize: badHook(hook) } })
      expect((await scene.as('ada', 'admin', '/status')).status).toBe(403)
      expect((await scene.as('ada', 'admin', '/stop', { method: 'POST' })).status).toBe(403)
      expect(scene.staged.calls).toEqual([])
    })

    it('denies when the hook takes too long, and tells the host', async () => {
      const hook = badHook(() => new Promise(() => {}))
      const scene = await openScene(serve, { admin: { authorize: hook, authorizeTimeoutMs: 5 } })
      expect((await scene.as('ada', 'admin', '/status')).status).toBe(403)
      expect(scene.reported).toEqual([{ error: expect.any(Error), route: 'status' }])
    })

    it('lets everybody in only where the host says that this is no production, and under no foreign name', async () => {
      const open = { authorize: unsafeAllowAll, environment: 'development' } as const
      const scene = await openScene(serve, { admin: { ...open, allowedHosts: ['ops.example.com'] } })
      const { port } = new URL(scene.baseUrl('admin'))
      const statuses = async (hosts: readonly string[], path: string, method = 'GET') =>
        Promise.all(hosts.map(async (host) => (await scene.ask('admin', path, { method, headers: { host } })).status))
      expect(await statuses(OWN_HOSTS(port), '/status')).toEqual(OWN_HOSTS(port).map(() => 200))
      scene.staged.forget()
      for (const [method, path] of [
        ['GET', '/status'],
        ['GET', '/none'],
        ['OPTIONS', '/status'],
        ['POST', '/stop'],
      ] as const)
        expect(await statuses(FOREIGN_HOSTS, path, method)).toEqual(FOREIGN_HOSTS.map(() => 403))
      expect(scene.staged.calls).toEqual([])
    })

    it('keeps requests under foreign names out where the host lists its own, with a login too', async () => {
      const scene = await openScene(serve, { admin: { allowedHosts: ['ops.example.com'] } })
      const ask = (host: string) => scene.as('ada', 'admin', '/status', { headers: { host } })
      expect((await ask('ops.example.com')).status).toBe(200)
      expect(await ask('evil.example')).toMatchObject({ status: 403, json: { code: 'FOREIGN_HOST' } })
    })
  })
}

const OWN_HOSTS = (port: string) => [
  `127.0.0.1:${port}`,
  `localhost:${port}`,
  'pm.localhost',
  '[::1]:8080',
  'ops.example.com',
  'OPS.example.com:8443',
]
const FOREIGN_HOSTS = [
  'evil.example',
  'evil.example:3000',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '10.0.0.7',
]

/** A hook that breaks its type's promise, as one written in JavaScript can. */
function badHook(hook: () => unknown) {
  return hook as () => never
}

/** Every path of a view by every method, and in every spelling by the methods of its routes. */
function walk(view: HttpView) {
  const routes = ROUTES[view].map(({ method, path }) => ({ method, path: concrete(path) }))
  const paths = [...new Set(routes.map(({ path }) => path))]
  const plain = paths.flatMap((path) => METHODS.map((method) => ({ method, path })))
  const spelt = routes.flatMap(({ method, path }) => spellings(path).map((spelling) => ({ method, path: spelling })))
  return [...plain, ...spelt]
}

function concrete(path: string): string {
  return path.replace(':job', JOB).replace(':id', FAILED_RUN_ID)
}

function spellings(path: string): readonly string[] {
  const [, first = '', ...rest] = path.split('/')
  const tail = rest.map((segment) => `/${segment}`).join('')
  return [
    `${path}/`,
    `${path}?authorization=Bearer%20ada`,
    `${path}//`,
    `/${path}`,
    path.toUpperCase(),
    `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}${tail}`,
    `/.${path}`,
    `/x/..${path}`,
    `${path}%2f`,
    `${path}%00`,
    `${path};a=b`,
    `${path}.json`,
  ]
}
