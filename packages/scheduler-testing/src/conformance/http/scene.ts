import { problem } from '@pm/scheduler-core/contract/v2'
import {
  type Authorization,
  type AuthorizationTarget,
  type HttpView,
  type RequestFailure,
  type Route,
  routesOf,
  type StatusVersion,
} from '@pm/scheduler-core/http'
import { expect, onTestFinished } from 'vitest'

import type { HttpMounts, ReadHeader, ServeHttp } from './adapter.ts'
import { type Received, type Sent, send } from './client.ts'
import { jsonOf } from './json-of.ts'
import { OpenApiCheck } from './open-api-check.ts'
import { createStagedScheduler, type StagedScheduler } from './staged-scheduler.ts'
import { DECLARED } from './staged-snapshot.ts'

/** A served scheduler, and how to ask it. Every answer is held against the schema that its route promises. */
export interface HttpScene {
  readonly staged: StagedScheduler
  /** What was reported to `onError`, with the id of the route. */
  readonly reported: readonly { readonly error: unknown; readonly route: string; readonly count?: number }[]
  /** What `authorize` was asked. */
  readonly asked: readonly AuthorizationTarget[]
  ask(view: HttpView, path: string, sent?: Sent): Promise<Answer>
  /** As an operator who may do everything. */
  as(who: string, view: HttpView, path: string, sent?: Sent): Promise<Answer>
  baseUrl(view: HttpView): string
}

export interface Answer extends Received {
  readonly json: unknown
}

export interface SceneOptions {
  /** Of both statuses (default v1). */
  readonly version?: StatusVersion
  readonly admin?: Partial<HttpMounts['admin']>
  readonly marketData?: Partial<HttpMounts['marketData']>
  readonly health?: HttpMounts['health']
}

/** The routes that a scene serves. */
export function routesIn(version: StatusVersion = 'v1'): Readonly<Record<HttpView, readonly Route[]>> {
  return {
    admin: routesOf({ view: 'admin', control: true, version, declared: DECLARED }),
    'market-data': routesOf({ view: 'market-data', version, declared: DECLARED }),
    health: routesOf({ view: 'health' }),
  }
}

export const ROUTES = routesIn()

const CHECKS = { v1: checksOf('v1'), v2: checksOf('v2') } as const satisfies Record<StatusVersion, unknown>

/** The documents of the routers that a scene serves. */
function checksOf(version: StatusVersion): Readonly<Record<HttpView, OpenApiCheck>> {
  const routes = routesIn(version)
  return {
    admin: new OpenApiCheck('admin', routes.admin),
    'market-data': new OpenApiCheck('market-data', routes['market-data']),
    health: new OpenApiCheck('health', routes.health),
  }
}

/** Serves a staged scheduler by the adapter until the test ends. Bearers: `ada` and `bob` do everything, `vic` is forbidden. */
export async function openScene(serve: ServeHttp, options: SceneOptions = {}): Promise<HttpScene> {
  const { version = 'v1' } = options
  const routes = routesIn(version)
  const staged = createStagedScheduler()
  const reported: { error: unknown; route: string; count?: number }[] = []
  const asked: AuthorizationTarget[] = []
  const onError = (error: unknown, { view: _, scheduler: __, ...failure }: RequestFailure) =>
    void reported.push({ error, ...failure })
  const authorize = (header: ReadHeader, target: AuthorizationTarget) => {
    asked.push(target)
    return verdictOn(header('authorization'))
  }
  const server = await serve({
    scheduler: staged.scheduler,
    admin: { authorize, control: true, onError, version, ...options.admin },
    marketData: { authorize, onError, version, ...options.marketData },
    health: { onError, ...options.health },
  })
  onTestFinished(() => server.close())
  const urls = { admin: server.adminUrl, 'market-data': server.marketDataUrl, health: server.healthUrl }

  async function ask(view: HttpView, path: string, sent: Sent = {}): Promise<Answer> {
    const received = await send(urls[view] + path, sent)
    expectPromised({ check: CHECKS[version][view], routes: routes[view], path, method: sent.method ?? 'GET' }, received)
    return { ...received, json: jsonOf(received) }
  }

  return {
    staged,
    reported,
    asked,
    ask,
    as: (who, view, path, sent = {}) =>
      ask(view, path, { ...sent, headers: { authorization: `Bearer ${who}`, ...sent.headers } }),
    baseUrl: (view) => urls[view],
  }
}

function verdictOn(header: string | null): Authorization {
  if (header === 'Bearer ada' || header === 'Bearer bob') return { allow: true, principal: { name: header.slice(7) } }
  return { allow: false, reason: header === 'Bearer vic' ? 'forbidden' : 'unauthenticated' }
}

/** No answer is outside of the contract: a body of the route's schema or a problem, and what the document says. */
function expectPromised({ check, routes, path, method }: Asked, received: Received): void {
  const { status, headers, text } = received
  const verb = method === 'HEAD' ? 'GET' : method
  const route = routes.find((candidate) => candidate.method === verb && matches(candidate.path, path))
  // Without its commands, a router does not have all of the paths.
  const isThere = status !== 404 || !text.includes('"NOT_FOUND"')
  // The caller has chosen what is in the answer: fields that the schema requires may be gone.
  const isPart = /[?&](?:fields|window)=/.test(path) && status === 200
  if (route && isThere && !isPart) check.expectPromised({ route, received })
  if (text === '') return
  const type = String(headers['content-type'])
  if (type.startsWith('application/problem+json')) {
    const body: unknown = JSON.parse(text)
    // Parsing drops every field that the schema does not have.
    expect(problem.parse(body)).toStrictEqual(body)
    expect(body).toMatchObject({ status })
    return
  }
  expect(type).toBe(route?.mediaType ?? 'application/json; charset=utf-8')
  const schema = route?.responses[status]
  expect(schema, `${method} ${path} answered ${status}, which its route does not promise`).toBeTruthy()
  if (!isPart) schema?.parse(jsonOf(received))
}

interface Asked {
  readonly check: OpenApiCheck
  readonly routes: readonly Route[]
  readonly path: string
  readonly method: string
}

function matches(pattern: string, path: string): boolean {
  const source = pattern.replace(/:\w+/g, '[^/]+')
  return new RegExp(`^${source}/?(\\?.*)?$`).test(path)
}
