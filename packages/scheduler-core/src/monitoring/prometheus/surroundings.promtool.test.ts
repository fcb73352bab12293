import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, it, onTestFinished } from 'vitest'

import { CONDITIONS } from '../../../test/declared.ts'
import { createScrapes, hasPromtool, type Scrapes, testAlert } from '../../../test/promtool.ts'
import type { JobOptions } from '../../job/job.ts'
import { createMemoryBackend } from '../../memory/create-memory-backend.ts'
import type { MemorySession } from '../../memory/memory-session.ts'
import type { FeedGrade } from '../../ports/feeds.ts'
import { createScheduler } from '../../scheduler.ts'

const MINUTE = 60_000
const schedule = { kind: 'every', periodMs: MINUTE, anchorAt: 0 } as const

/** The conditions around a scheduler at a minute. The defaults are good ones. */
interface Conditions {
  readonly storeIsDown?: (minute: number) => boolean
  readonly circuit?: (minute: number) => 'closed' | 'half_open' | 'open'
  readonly feed?: (minute: number) => FeedGrade
  readonly job?: Partial<JobOptions<MemorySession>>
}

interface Incident {
  readonly alert: string
  readonly story: string
  readonly world: Conditions
  /** The labels of the alert beside the scheduler. */
  readonly of?: Readonly<Record<string, string>>
  readonly value?: string
  readonly quietAt: readonly number[]
  readonly raisedAt: number
}

/**
 * An incident around a scheduler, minute by minute, the alert that has to be raised, when it must not be, and when it
 * ends.
 */
const INCIDENTS: readonly Incident[] = [
  {
    alert: 'SchedulerInError',
    story: 'its store is down from the third minute to the sixth',
    world: { storeIsDown: from(3, 6) },
    quietAt: [2, 3, 7],
    raisedAt: 4,
  },
  {
    alert: 'SchedulerStatusIsStale',
    story: 'its last snapshot is of the second minute, until the store is back in the seventh',
    world: { storeIsDown: from(3, 6) },
    quietAt: [3, 4, 7],
    raisedAt: 5,
  },
  {
    alert: 'SchedulerSessionOpenTooLong',
    story: 'a handler opens a session in the first minute and does not let go of it',
    world: {
      job: {
        timeoutMs: null,
        handler: ({ withSession, scheduledFor }) =>
          scheduledFor === MINUTE ? withSession(() => new Promise(() => {}), { readOnly: true }) : undefined,
      },
    },
    quietAt: [1, 6, 7],
    raisedAt: 8,
  },
  {
    alert: 'ProviderCircuitOpen',
    story: 'a provider is left alone from the second minute to the eighth, and is asked again',
    world: { circuit: (minute) => (from(2, 8)(minute) ? 'open' : minute === 9 ? 'half_open' : 'closed') },
    of: { provider: 'yahoo_finance' },
    quietAt: [2, 6, 9],
    raisedAt: 7,
  },
  {
    alert: 'FeedsExpired',
    story: 'two feeds are stale in the second minute and expired from the third to the ninth',
    world: { feed: (minute) => (from(3, 9)(minute) ? 'expired' : minute === 2 ? 'stale' : 'fresh') },
    value: '2',
    quietAt: [2, 3, 7, 10],
    raisedAt: 8,
  },
]

describe.skipIf(!hasPromtool)("Prometheus's own tool", () => {
  it.each(INCIDENTS)('raises $alert when $story, and not before', async ({ alert, world, of, ...expected }) => {
    const scrapes = await scrapesUnder(world)
    const labels = { scheduler: 'scheduler', ...of }
    expect(testAlert({ alert, scrapes, labels, ...expected })).toContain('SUCCESS')
  })
})

/** Runs a scheduler under these conditions for ten minutes, and scrapes it once in each. */
async function scrapesUnder({
  storeIsDown = () => false,
  circuit = () => 'closed',
  feed = () => 'fresh',
  job,
}: Conditions) {
  const clock = createManualClock({ startAt: 0 })
  const { sessions, store } = createMemoryBackend()
  let minute = 0
  const scheduler = createScheduler<MemorySession>({
    name: 'scheduler',
    jobs: [{ name: 'poll', schedule, handler: () => {}, ...job }],
    clock,
    store,
    sessions: {
      withSession: (work, options) =>
        storeIsDown(minute) ? Promise.reject(new Error('connection refused')) : sessions.withSession(work, options),
    },
    providers: {
      describe: () => [
        { name: 'yahoo_finance', enabled: true, apiKeyConfigured: null, conditions: { circuit: circuit(minute) } },
      ],
      conditions: CONDITIONS,
    },
    feeds: {
      read: async () => ['AAPL', 'MSFT'].map((symbol) => ({ ...NEVER, provider: 'yahoo_finance', feed: symbol })),
      judge: () => ({ status: feed(minute), expectedBy: null }),
    },
  })
  await scheduler.open()
  onTestFinished(async () => {
    const closing = scheduler.close({ graceMs: 0 })
    await clock.advance(1_000)
    await closing
  })
  const scrapes: Scrapes = createScrapes()
  await scrapes.scrape(scheduler, 0)
  for (minute = 1; minute <= 10; minute++) {
    await clock.advance(MINUTE)
    await scrapes.scrape(scheduler, minute)
  }
  return scrapes
}

const NEVER = { eventAt: null, fetchedAt: null, changedAt: null }

function from(first: number, last: number): (minute: number) => boolean {
  return (minute) => minute >= first && minute <= last
}
