import { every } from '@pm/scheduler-core'
import type { FreshnessView } from '@pm/scheduler-core/contract/v2'
import { createFetchHandler, type Route, routesOf } from '@pm/scheduler-core/http'
import { createManualClock, createManualScheduler } from '@pm/scheduler-testing'
import { expect, onTestFinished } from 'vitest'

import { OpenApiCheck } from '../../../scheduler-testing/src/conformance/http/open-api-check.ts'
import { describeProviders, FEED_REASONS } from '../../src/index.ts'
import { createFakeProvider } from '../fake-provider.ts'
import { feedsOfEveryReason, NOW, PROVIDERS } from './feeds.ts'

export type Feed = NonNullable<FreshnessView['items']>[number]
export type Query = Readonly<Record<string, string>>

const VERSION_2 = { view: 'market-data', version: 'v2' } as const

/** A host with feeds of every reason, and both versions of its routes. Closed with the test. */
export async function openList() {
  const { scheduler, close } = await createManualScheduler({
    clock: createManualClock({ startAt: NOW }),
    jobs: [{ name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }],
    providers: describeProviders(PROVIDERS.map((name) => createFakeProvider({ name }))),
    feeds: feedsOfEveryReason(),
  })
  onTestFinished(close)
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const handlers = {
    admin: createFetchHandler(scheduler, { view: 'admin', authorize }),
    'market-data': createFetchHandler(scheduler, { view: 'market-data', authorize }),
    v2: createFetchHandler(scheduler, { ...VERSION_2, authorize }),
  }

  async function get(path: string, from: keyof typeof handlers = 'v2') {
    const answer = await handlers[from](new Request(`https://feeds.example${path}`))
    const headers = { 'content-type': answer.headers.get('content-type') ?? '' }
    return { status: answer.status, headers, text: await answer.text() }
  }
  const routes = routesOf({ ...VERSION_2, declared: scheduler })
  return { get, routes, ...readersOf(get, routes) }
}

type Get = (path: string) => Promise<{ status: number; headers: { 'content-type': string }; text: string }>

/** Reads the list, and holds every answer against the contract and the document of this host. */
function readersOf(get: Get, routes: readonly Route[]) {
  const route = found(routes.find(({ id }) => id === 'freshness'))
  const contract = found(route.responses[200])
  const document = new OpenApiCheck('market-data', routes)

  async function ask(query: Query) {
    const received = await get(`/freshness?${new URLSearchParams(query)}`)
    return { received, answer: JSON.parse(received.text) }
  }

  /** The detail of the problem that the query is. */
  async function refused(query: Query): Promise<string> {
    const { received, answer } = await ask(query)
    expect(received.status, received.text).toBe(400)
    document.expectPromised({ route, received })
    expect(answer.code).toBe('INVALID_REQUEST')
    return answer.detail
  }

  /** A page. With `fields`, the whole one, to which the chosen one was held: no schema tells what a choice leaves out. */
  async function read({ fields, ...query }: Query): Promise<FreshnessView> {
    const { received, answer } = await ask(query)
    expect(received.status, received.text).toBe(200)
    document.expectPromised({ route, received })
    expect(contract.parse(answer)).toEqual(answer)
    expect(answer.reasons).toEqual(sentencesOf(answer.items))
    if (fields !== undefined) {
      const chosen = await ask({ ...query, fields })
      expect(chosen.answer).toEqual({ ...answer, items: answer.items.map((feed: Feed) => only(feed, fields)) })
    }
    return answer
  }

  /** All feeds that a query asks for, page by page. */
  async function walk(query: Query): Promise<readonly Feed[]> {
    const first = await read(query)
    const feeds = [...(first.items ?? [])]
    for (let cursor = first.next_cursor; cursor !== null; ) {
      const page = await read({ ...query, cursor })
      expect(page.total).toBe(first.total)
      feeds.push(...(page.items ?? []))
      cursor = page.next_cursor
    }
    expect(first.total).toBe(feeds.length)
    return feeds
  }

  /** The whole list on one page. */
  const readAll = async (query: Query = {}) => found((await read({ limit: '1000', ...query })).items)

  return { read, readAll, walk, refused }
}

function sentencesOf(feeds: readonly Feed[]): Readonly<Record<string, string>> {
  const given = FEED_REASONS.filter(({ code }) => feeds.some(({ reason }) => reason === code))
  return Object.fromEntries(given.map(({ code, sentence }) => [code, sentence]))
}

function only(feed: Feed, fields: string) {
  const kept = new Set(['provider', 'feed', ...fields.split(',')])
  return Object.fromEntries(Object.entries(feed).filter(([name]) => kept.has(name)))
}

function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('This host has no list of feeds.')
  return value
}
