import {
  cron,
  every,
  type MemorySession,
  type RunContext,
  type Scheduler,
  type SchedulerOptions,
} from '@pm/scheduler-core'
import { createManualClock, type ManualClock } from '@pm/scheduler-testing'

import { openScheduler } from '../harness/open-dashboard.ts'
import { createMarketWorld, HOSTILE, type MarketWorld, marketSources, putFeed } from '../market-world.ts'

const HOUR = 3_600_000

/** The instant of every picture: a Monday afternoon. */
export const PICTURED_AT = Date.UTC(2026, 10, 30, 14, 47, 12)

/** An afternoon of a portfolio manager, the same each time: four jobs, one of which fails now and then, and a pause. */
export async function openScene(): Promise<Scheduler> {
  const clock = createManualClock({ startAt: PICTURED_AT - 6 * HOUR })
  const scheduler = await openScheduler({
    name: 'portfolio_scheduler',
    clock,
    watchMs: 30_000,
    sweepMs: 60_000,
    leaseMs: 300_000,
    jobs: jobsOn(clock),
    ...marketSources(worldOfThePictures()),
  })
  await clock.advance(3 * HOUR)
  await scheduler.pauseJob('reconcile_accounts', { by: 'ada', why: 'The broker is down until 12:30.' })
  await clock.advance(HOUR / 2)
  await scheduler.resumeJob('reconcile_accounts', { by: 'ada' })
  await clock.advance(PICTURED_AT - clock.now())
  return scheduler
}

function jobsOn(clock: ManualClock): SchedulerOptions<MemorySession>['jobs'] {
  let polls = 0
  let reconciled = 0
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(resolve, ms))
  return [
    {
      name: 'poll_prices',
      schedule: every({ minutes: 5 }),
      async handler(ctx: RunContext) {
        polls++
        await wait(1_200 + ((polls * 37) % 11) * 180)
        ask(ctx, polls)
        ctx.report({ processed: 42, failed: polls % 9 === 0 ? 2 : 0 })
      },
    },
    {
      name: 'recalculate_portfolios',
      schedule: every({ minutes: 15 }),
      async handler(ctx: RunContext) {
        await wait(4_000 + ((polls * 53) % 7) * 900)
        ctx.report({ processed: 18 })
      },
    },
    {
      name: 'reconcile_accounts',
      schedule: every({ minutes: 30 }),
      async handler(ctx: RunContext) {
        await wait(6_500)
        reconciled++
        if (reconciled % 4 === 0 || reconciled > 9) throw new Error('The broker answered 503 for account DE-4471.')
        ctx.report({ processed: 12 })
      },
    },
    {
      name: 'send_reports',
      schedule: cron('0 18 * * 1-5', { timezone: 'Europe/Berlin' }),
      handler: (ctx: RunContext) => ctx.report({ processed: 6 }),
    },
  ]
}

/** The calls of one poll: stooq is the fallback, and its circuit has opened in the end. */
function ask({ recordCall }: RunContext, poll: number): void {
  recordCall({ provider: 'yahoo', outcome: 'succeeded', answered: true, durationMs: 180 + ((poll * 29) % 17) * 20 })
  if (poll % 3 === 0)
    recordCall({ provider: 'alpha-vantage', outcome: 'succeeded', answered: true, durationMs: 420 + (poll % 5) * 60 })
  if (poll % 4 === 0) {
    const isAnswered = poll < 50
    const outcome = isAnswered ? 'succeeded' : 'failed'
    recordCall({
      provider: 'stooq',
      outcome,
      answered: isAnswered,
      durationMs: isAnswered ? 900 : 5_000,
      fallback: true,
    })
  }
}

/** The world of the stories of market data, without what only tests want. */
function worldOfThePictures(): MarketWorld {
  const world = createMarketWorld()
  world.providers = world.providers.filter(({ name }) => name !== HOSTILE)
  world.feeds.delete(`${HOSTILE} ${HOSTILE}`)
  for (const name of ['AMZN', 'GOOGL', 'KO', 'VOD.L', 'EURUSD']) putFeed(world, 'yahoo', name, 'fresh')
  putFeed(world, 'alpha-vantage', 'ROG', 'market_closed')
  return world
}
