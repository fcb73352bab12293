import { type Route, routesOf } from '@pm/scheduler-core/http'

import { bodyOf, pathOf, queriesOf } from './requests-of.ts'
import { METHODS, spellingsOf } from './spellings.ts'
import type { WalkedView, WalkOptions, WalkReport } from './walk.ts'
import { createWalkLog, type Step, unlessRefused, type WalkLog } from './walk-log.ts'
import { walkScope } from './walk-scope.ts'

/**
 * Walks every route of a running host, by every method and in every spelling, as those who may not: nobody, somebody
 * without the right, a reader who commands, a page of another site in an operator's browser, and somebody who is told of
 * some jobs only. Resolves with the requests that were admitted all the same: none in a host that is well.
 *
 * It sends commands. Where a host is not well they are carried out: walk a host of a test.
 */
export async function walkRoutes(options: WalkOptions): Promise<WalkReport> {
  const log = createWalkLog(options)
  await walkRefused(options, log)
  await walkControl(options, log)
  await walkCrossSite(options, log)
  if (options.scoped) await walkScope(options, options.scoped, log)
  return log.report()
}

interface Walked {
  readonly view: WalkedView
  readonly route: Route
}

function routesIn({ views }: WalkOptions): readonly Walked[] {
  return (['admin', 'market-data'] as const).flatMap((view) => {
    const selection = views[view]
    return selection ? routesOf({ ...selection, view }).map((route) => ({ view, route })) : []
  })
}

/** Every path by every method, and in every spelling by the method of its route. */
async function walkRefused(options: WalkOptions, log: WalkLog): Promise<void> {
  const { refused, paths = {} } = options
  for (const [caller, headers] of Object.entries(refused)) {
    const walked = routesIn(options)
    const steps = walked.flatMap(({ view, route }) => stepsTo(view, route, { ...options, caller, headers }))
    const extra = (['admin', 'market-data'] as const).flatMap((view) =>
      (paths[view] ?? []).flatMap((path) => openings({ caller, view, method: 'GET', path, headers })),
    )
    await log.take('authorization', [...steps, ...extra], unlessRefused)
  }
}

interface Calling extends WalkOptions {
  readonly caller: string
  readonly headers: Readonly<Record<string, string>>
}

function stepsTo(view: WalkedView, route: Route, named: Calling): readonly Step[] {
  const { caller, headers } = named
  const path = pathOf(route, named)
  const step = { caller, view, method: route.method, path, headers, body: bodyOf(route, named) }
  const asked = queriesOf(route, named).map((query) => ({ ...step, path: `${path}${query}` }))
  return [...everyMethod(step), ...asked, ...spellingsOf(path).map((spelling) => ({ ...step, path: spelling }))]
}

/** A page by the methods that open it. */
function openings(step: Step): readonly Step[] {
  const all = [step.path, ...spellingsOf(step.path)].map((path) => ({ ...step, path }))
  return all.flatMap((one) => ['GET', 'HEAD'].map((method) => ({ ...one, method })))
}

/** Only methods that may have a body get it: a client would refuse to send the others. */
function everyMethod(step: Step): readonly Step[] {
  return METHODS.map((method) => {
    const { body = null, ...bare } = step
    return method === 'POST' || method === 'PATCH' || method === 'DELETE'
      ? { ...bare, method, body }
      : { ...bare, method }
  })
}

/** Commands of somebody who may read everything. */
async function walkControl(options: WalkOptions, log: WalkLog): Promise<void> {
  const { reader } = options
  if (!reader) return
  const commands = routesIn(options).filter(({ route }) => route.access === 'control')
  const steps = commands.flatMap(({ view, route }) => {
    const path = pathOf(route, options)
    const step = { caller: 'a reader', view, method: route.method, headers: reader, body: bodyOf(route, options) }
    return [path, ...spellingsOf(path)].map((spelling) => ({ ...step, path: spelling }))
  })
  await log.take('control', steps, ({ status }) =>
    status >= 400 && status < 500 ? null : 'a command of a reader was taken',
  )
}

/** What browsers say of requests from pages of other sites, and what a form can send without asking first. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' },
  { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
]

async function walkCrossSite(options: WalkOptions, log: WalkLog): Promise<void> {
  const { operator } = options
  if (!operator) return
  const commands = routesIn(options).filter(({ route }) => route.access === 'control')
  const steps = commands.flatMap(({ view, route }) => {
    const path = pathOf(route, options)
    const step = { caller: 'a page of another site', view, method: route.method, body: bodyOf(route, options) }
    return FOREIGN.flatMap((headers) =>
      [path, `${path}/`].map((spelling) => ({ ...step, path: spelling, headers: { ...operator, ...headers } })),
    )
  })
  await log.take('cross-site', steps, ({ status, headers }) => {
    if (headers['access-control-allow-origin'] !== undefined) return 'the other site may read the answer'
    return status >= 400 && status < 500 ? null : 'a command of another site was taken'
  })
}
