import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

import { createStagedScheduler } from '@pm/testlab'
import type express from 'express'
import type { Express } from 'express'
import request from 'supertest'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

import {
  type AdminRouterOptions,
  adminSchedulerRouter,
  healthRouter,
  marketDataSchedulerRouter,
  unsafeAllowAll,
} from '../src/index.ts'

const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const

/** Stories of the routers inside an Express app, beyond the conformance suite of every adapter. */
export function describeInHost(name: string, createApp: typeof express): void {
  const { scheduler, calls, forget } = createStagedScheduler()

  /** A host with the admin routes below `/s`, mounted after the middleware that `prepare` adds. */
  function host(prepare: (app: Express) => unknown = () => {}, options: Partial<AdminRouterOptions> = {}): Express {
    const app = createApp()
    prepare(app)
    forget()
    return app.use('/s', adminSchedulerRouter(scheduler, { authorize, control: true, ...options }))
  }

  describe(`in a host on ${name}`, () => {
    it('a router without a hook is refused, and so is unsafeAllowAll but in development and tests', () => {
      const none = {} as AdminRouterOptions
      const refusal = expect.objectContaining({ code: 'INVALID_OPTIONS' })
      expect(() => adminSchedulerRouter(scheduler, none)).toThrow(refusal)
      expect(() => marketDataSchedulerRouter(scheduler, none)).toThrow(refusal)
      const open = { authorize: unsafeAllowAll }
      for (const [environment, refused] of [
        ['production', true],
        ['staging', true],
        ['', true],
        [undefined, true],
        ['development', false],
        ['test', false],
      ] as const) {
        vi.stubEnv('NODE_ENV', environment)
        onTestFinished(() => void vi.unstubAllEnvs())
        // No option says it in the place of NODE_ENV.
        const said = { ...open, environment: 'test' } as AdminRouterOptions
        if (refused)
          for (const each of [open, said]) expect(() => adminSchedulerRouter(scheduler, each)).toThrow(refusal)
        else adminSchedulerRouter(scheduler, open)
      }
    })

    it('the hook gets the request of the host with the properties that the host added', async () => {
      const seen: unknown[] = []
      const app = host(
        (before) => before.use((req, _res, next) => void next(Object.assign(req, { user: 'ada' }) && undefined)),
        {
          authorize(req) {
            seen.push('user' in req && req.user, req.originalUrl)
            return authorize()
          },
        },
      )
      await request(app).get('/s/status').expect(200)
      expect(seen).toEqual(['ada', '/s/status'])
    })

    it('unknown paths go on to the host with fallthrough, and by default from the probes', async () => {
      const hosts = (app: Express) => app.use((_req, res) => void res.status(418).end())
      const admin = createApp().use(adminSchedulerRouter(scheduler, { authorize, fallthrough: true }))
      await request(hosts(admin)).get('/status').expect(200)
      await request(admin).get('/portfolio').expect(418)
      await request(admin).delete('/status').expect(405)
      await request(hosts(createApp().use(healthRouter(scheduler))))
        .get('/portfolio')
        .expect(418)
      await request(host()).get('/s/portfolio').expect(404)
    })

    it('uses X-Forwarded-Host only if the host trusts its proxy', async () => {
      const headers = { origin: 'https://ops.example.com', 'x-forwarded-host': 'ops.example.com' }
      await request(host()).post('/s/stop').set(headers).expect(403)
      expect(calls).toEqual([])
      const trusting = host((app) => app.set('trust proxy', 'loopback'))
      await request(trusting).post('/s/stop').set(headers).expect(202)
      await request(trusting)
        .post('/s/stop')
        .set({ ...headers, origin: 'https://evil.example' })
        .expect(403)
      expect(calls).toEqual(['stop {"by":"ada","resolveWhen":"accepted"}'])
      forget()
      const port = { origin: 'https://ops.example.com:8443', 'x-forwarded-host': 'ops.example.com:8443, inner' }
      await request(trusting).post('/s/stop').set(port).expect(202)
      await request(trusting)
        .post('/s/stop')
        .set({ ...port, origin: 'https://ops.example.com' })
        .expect(403)
    })

    it('a client that disconnects in the middle of a body changes nothing', async () => {
      const failed = Promise.withResolvers<unknown>()
      const server = createServer(host(undefined, { onError: failed.resolve })).listen(0, '127.0.0.1')
      onTestFinished(() => void server.close())
      await once(server, 'listening')
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
      server.once('request', () => socket.destroy())
      const head = 'POST /s/stop HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n'
      socket.write(`${head}{"why":`)
      expect(await failed.promise).toBeInstanceOf(Error)
      expect(calls).toEqual([])
    })

    it('stays silent when the host has answered already', async () => {
      const errors: unknown[] = []
      const early = (app: Express) =>
        app.use((_req, res, next) => {
          res.status(504).end('too late')
          next()
        })
      const app = host(early).use(
        (error: unknown, _req: unknown, _res: unknown, _next: unknown) => void errors.push(error),
      )
      const { text } = await request(app).get('/s/status').expect(504)
      expect({ text, errors }).toEqual({ text: 'too late', errors: [] })
    })

    it('an error of the host passes through the router to the host', async () => {
      const app = host((before) => before.use((_req, _res, next) => next(new URIError('of the host'))))
      app.use(
        (error: Error, _req: unknown, res: express.Response, _next: unknown) =>
          void res.status(418).send(error.message),
      )
      await request(app).get('/s/status').expect(418, 'of the host')
    })
  })
}
