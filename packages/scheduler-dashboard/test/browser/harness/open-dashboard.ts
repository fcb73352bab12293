import {
  createMemoryBackend,
  createScheduler,
  every,
  type MemorySession,
  type Scheduler,
  type SchedulerOptions,
} from '@pm/scheduler-core'
import type { Authorization, AuthorizationTarget } from '@pm/scheduler-core/http'
import { schedulerDashboard } from '@pm/scheduler-express'
import express, { type Express, type Request } from 'express'
import helmet from 'helmet'
import { onTestFinished } from 'vitest'

import { createDashboard, type DashboardOptions } from '../../../src/index.ts'
import { listen } from '../../open-host.ts'
import { openStrippingProxy } from '../../stripping-proxy.ts'

export interface DashboardHostOptions {
  /** What is mounted (default one scheduler of two jobs, one of which fails). */
  readonly schedulers?: readonly Scheduler[]
  /** Where (default `/admin`). */
  readonly prefix?: string
  /** The start of the path that a proxy takes away (default no proxy). */
  readonly behind?: string
  /** Whether every answer has the headers of helmet, whose policy is not ours (default true). */
  readonly withHelmet?: boolean
  /** What every answer says that the time is, by which the pages set their clock (default the real time). */
  readonly at?: number
  readonly options?: Partial<DashboardOptions<Request>>
}

/** A host with the pages, and a login by cookie: `/login?as=ada&to=/admin`. */
export interface DashboardHost {
  /** As the browser knows it, the part that a proxy takes away included. */
  readonly origin: string
  /** The pages, as the browser knows them. */
  readonly url: string
  readonly schedulers: readonly Scheduler[]
  /** The address that logs somebody in and leads to a path of the pages: `ada` may all, `ann` reads the market data. */
  loginUrl(user: 'ada' | 'ann' | 'eve', path?: string): string
}

export async function openDashboard({
  schedulers: given,
  prefix = '/admin',
  behind = '',
  withHelmet = true,
  at,
  options = {},
}: DashboardHostOptions = {}): Promise<DashboardHost> {
  const schedulers = given ?? [await openScheduler()]
  const router = schedulerDashboard(createDashboard<Request>(schedulers, { authorize, control: true, ...options }))
  // Before the server closes: it waits for its streams.
  const app: Express = express()
  if (withHelmet) app.use(helmet())
  if (at !== undefined) app.use((_req, res, next) => next(void res.setHeader('date', new Date(at).toUTCString())))
  app.get('/login', logIn(behind))
  app.get('/logout', (_req, res) => void res.clearCookie('user').type('html').send(`${ICON}<h1>Bye</h1>`))
  app.use(prefix, router)
  const origin = await listen(app)
  const seen = behind === '' ? origin : await openStrippingProxy({ origin, strips: behind })
  onTestFinished(() => router.closeStreams())
  const base = `${seen}${behind}`
  return {
    origin: base,
    url: `${base}${prefix}`,
    schedulers,
    loginUrl: (user, path = '') => `${base}/login?as=${user}&to=${encodeURIComponent(`${behind}${prefix}${path}`)}`,
  }
}

/** A scheduler on the memory backend, open until the story ends. */
export async function openScheduler(options: Partial<SchedulerOptions<MemorySession>> = {}) {
  const scheduler = createScheduler({
    name: 'portfolio',
    jobs: [
      { name: 'poll', schedule: every({ minutes: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) },
      { name: 'reconcile', schedule: every({ hours: 1 }), handler: () => Promise.reject(new Error('no such account')) },
    ],
    ...createMemoryBackend(),
    ...options,
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  return scheduler
}

/** Without it the browser asks the host for one. */
const ICON = '<link rel="icon" href="data:,">'

function logIn(behind: string): express.RequestHandler {
  return (req, res) => {
    const { as, to } = req.query
    if (typeof as !== 'string')
      return void res.type('html').send(`${ICON}<title>Log in</title><h1>Log in to the host</h1>`)
    res
      .cookie('user', as, { httpOnly: true, sameSite: 'strict' })
      .redirect(303, typeof to === 'string' ? to : `${behind}/`)
  }
}

function authorize(req: Request, { view, access }: AuthorizationTarget): Authorization {
  const [, name] = /(?:^|; )user=(\w+)/.exec(req.headers.cookie ?? '') ?? []
  if (name === undefined) return { allow: false, reason: 'unauthenticated' }
  const allowed = name === 'ada' || (name === 'ann' && view === 'market-data' && access === 'read')
  return allowed ? { allow: true, principal: { name } } : { allow: false, reason: 'forbidden' }
}
