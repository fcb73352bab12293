import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { createFetchHandler } from '@pm/scheduler-core/http'
import { createManualClock } from '@pm/scheduler-testing'
import { expect, onTestFinished, test } from 'vitest'

import {
  createAlphaVantageProvider,
  createFeeds,
  createMemoryFeeds,
  createPollJob,
  defineFreshness,
  describeProviders,
  exchangeCalendar,
  type FeedRefusal,
  type QuoteProvider,
  toFeedRefusals,
} from '../src/index.ts'
import { type Answer, alphaVantageAnswer, tableHost } from './table-host.ts'

const MINUTE = 60_000
/** Tuesday, 10:00 in New York. */
const BEGIN = Date.parse('2025-09-16T14:00:00Z')
const rule = defineFreshness({ calendar: exchangeCalendar('XNYS'), every: 15 * MINUTE })

/** A scheduler that polls one symbol of one provider every minute, and what it answers to an analyst. */
async function open(answer: Answer) {
  const clock = createManualClock({ startAt: BEGIN })
  const host = tableHost(answer)
  const provider: QuoteProvider = createAlphaVantageProvider({
    ...{ apiKey: 'k', clock, fetch: host.fetch, paceMs: 0 },
    ...{ unknownSymbols: { askAgainMs: 10 * MINUTE }, breaker: { openMs: 10 * MINUTE } },
  })
  const memory = createMemoryFeeds([{ provider: provider.name, feed: 'GONE' }])
  const polls: (readonly FeedRefusal[])[] = []
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    clock,
    jobs: [
      createPollJob({
        ...{ schedule: every({ minutes: 1 }), providers: [provider], symbols: async () => ['GONE'], clock },
        saveQuotes: async (_session, quotes) => memory.record(quotes),
        async saveRefusals(_session, poll) {
          polls.push(toFeedRefusals(poll))
          memory.note(toFeedRefusals(poll))
        },
      }),
    ],
    providers: describeProviders([provider]),
    feeds: createFeeds({ load: memory.load, ruleOf: () => rule }),
    ...createMemoryBackend(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close())
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const handler = createFetchHandler(scheduler, { view: 'market-data', authorize })
  const read = async (path: string) => {
    await scheduler.snapshot({ maxAgeMs: 0 })
    const answered = await handler(new Request(`http://prices.example${path}`))
    return ((await answered.json()) as { readonly items: readonly unknown[] }).items[0]
  }
  return { clock, host, polls, read }
}

test('a remembered unknown symbol is no question: asked_at and the number of asks stand still until it is asked again', async () => {
  const { clock, host, polls, read } = await open(() => alphaVantageAnswer(null))
  await clock.advance(MINUTE)
  const asked_at = new Date(BEGIN + MINUTE).toISOString()
  const until = new Date(BEGIN + 11 * MINUTE).toISOString()
  const once = {
    asked_at,
    answered_at: asked_at,
    missing_since: asked_at,
    unanswered_asks: 1,
    reason: 'unknown_symbol',
  }
  expect(await read('/freshness')).toMatchObject({
    ...once,
    attempts: [{ code: 'UNKNOWN_SYMBOL', at: asked_at, until }],
  })

  await clock.advance(9 * MINUTE)
  expect(await read('/freshness')).toMatchObject({ ...once, attempts: [{ code: 'UNKNOWN_SYMBOL', until }] })
  expect(polls.map(([one]) => [one?.wasAsked, one?.hasAnswered])).toEqual([
    [true, true],
    ...Array.from({ length: 9 }, () => [false, false]),
  ])

  await clock.advance(MINUTE)
  const again = new Date(BEGIN + 11 * MINUTE).toISOString()
  expect(await read('/freshness')).toMatchObject({ asked_at: again, answered_at: again, unanswered_asks: 2 })
  expect(host.asked).toHaveLength(2)
})

test('a circuit tells what opened it and until when, and each feed until when its provider is left alone', async () => {
  const { clock, read } = await open(() => new Response('', { status: 500 }))
  await clock.advance(2 * MINUTE)
  expect(await read('/providers')).toMatchObject({ circuit: 'closed', circuit_reason: null, circuit_until: null })
  await clock.advance(2 * MINUTE)
  const until = new Date(BEGIN + 13 * MINUTE).toISOString()
  expect(await read('/providers')).toMatchObject({
    ...{ circuit: 'open', circuit_reason: 'HTTP_SERVER_ERROR', circuit_until: until },
  })
  expect(await read('/providers?fields=circuit_until')).toEqual({ name: 'alpha_vantage', circuit_until: until })
  expect(await read('/freshness')).toMatchObject({
    ...{ unanswered_asks: 3, attempts: [{ provider: 'alpha_vantage', code: 'CIRCUIT_OPEN', until }] },
  })
})
