import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every, type Scheduler } from '@pm/scheduler-core'
import type { Authorization, AuthorizationTarget } from '@pm/scheduler-core/http'
import { createManualClock } from '@pm/scheduler-testing'
import { onTestFinished } from 'vitest'

const T0 = Date.UTC(2025, 8, 16, 2)

/** A scheduler on a manual clock, open until the test ends. */
export async function openScheduler(name = 'portfolio'): Promise<Scheduler> {
  const scheduler = createScheduler({
    name,
    clock: createManualClock({ startAt: T0 }),
    jobs: [{ name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }],
    ...createMemoryBackend(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  return scheduler
}

/** What a native request of every adapter has in common with the others: a way to its headers. */
export interface WithHeaders {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>> | Headers
}

/** The host's hook of these tests: who comes as `ada` may do all, `ann` may read the market data, `eve` nothing. */
export function authorize({ headers }: WithHeaders, { view, access }: AuthorizationTarget): Authorization {
  const name = headers instanceof Headers ? headers.get('x-user') : headers['x-user']
  if (typeof name !== 'string') return { allow: false, reason: 'unauthenticated' }
  const allowed = name === 'ada' || (name === 'ann' && view === 'market-data' && access === 'read')
  return allowed ? { allow: true, principal: { name } } : { allow: false, reason: 'forbidden' }
}

/** Serves on a free port of the loopback until the test ends. Answers the origin. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Opens an address as a browser does: it wants HTML and is shown redirects. */
export function openPage(url: string | URL, user: string | null = 'ada', init: RequestInit = {}): Promise<Response> {
  const headers = { accept: 'text/html,application/xhtml+xml', ...(user !== null && { 'x-user': user }) }
  return fetch(url, { redirect: 'manual', ...init, headers: { ...headers, ...init.headers } })
}

/** Where a browser would resolve an address of this page. */
export function resolverOf(url: string, html: string): (address: string) => URL {
  const base = /<base href="([^"]*)">/.exec(html)?.[1] ?? ''
  return (address) => new URL(address, new URL(base, url))
}

/** Every file that a page names. */
export function filesOf(html: string): readonly string[] {
  return [...html.matchAll(/<(?:link|script)[^>]* (?:href|src)="([^"]+)"/g)].map(([, address = '']) => address)
}
