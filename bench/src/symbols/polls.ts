import { setTimeout as sleep } from 'node:timers/promises'

import { createScheduler, every } from '@pm/scheduler-core'
import { createTypeormSessions, createTypeormStore } from '@pm/scheduler-typeorm'
import type { EntityManager } from 'typeorm'

import type { Build } from './build.ts'
import { SAVES } from './contenders.ts'
import type { Lab } from './lab.ts'
import { type Metered, meter } from './meter.ts'
import type { Replay } from './replay.ts'

export interface PollFigures extends Metered {
  /** Those of the scheduler included, which claims the run, renews its lease and settles it. */
  readonly statements: number
  readonly saves: number
}

/** Before, requests were sent one by one. */
const REQUESTS = { ours: {}, before: { concurrency: 1 } } as const

export interface Poller extends AsyncDisposable {
  /** Polls all symbols once. */
  poll(): Promise<PollFigures>
}

export interface PollerInput {
  readonly which: 'ours' | 'before'
  readonly build: Build
  readonly lab: Lab
  readonly replay: Replay
}

/** A scheduler on PostgreSQL that polls all symbols of the replay and saves them in one of the two ways. */
export async function openPoller({ which, build, lab, replay }: PollerInput): Promise<Poller> {
  const { createPollJob, createYahooProvider } = build
  const { dataSource, statements, saves } = lab
  const scheduler = createScheduler({
    name: `bench_${which}`,
    jobs: [
      createPollJob<EntityManager>({
        schedule: every({ days: 1 }),
        symbols: async () => replay.symbols,
        providers: [
          createYahooProvider({ fetch: replay.fetch, batchSize: 250, delistedAfterMs: null, ...REQUESTS[which] }),
        ],
        saveQuotes: SAVES[which],
      }),
    ],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
  })
  await scheduler.open()

  async function poll(): Promise<PollFigures> {
    await untilQuiet(statements)
    const before = { statements: statements(), saves: saves() }
    const metered = await meter(async () => {
      await scheduler.runJob('poll-market-data')
      await scheduler.whenIdle()
    })
    const sent = { statements: statements() - before.statements, saves: saves() - before.saves }
    const { items } = await scheduler.listRuns({ limit: 1 })
    const [run] = items
    const stored = run?.kind === 'run' ? run.items.processed : 0
    if (stored !== replay.symbols.length) throw new Error(`${stored} of ${replay.symbols.length} symbols were stored.`)
    return { ...metered, ...sent }
  }

  return { poll, [Symbol.asyncDispose]: () => scheduler.close() }
}

/** Waits for the upkeep of a scheduler that was just opened. */
async function untilQuiet(statements: () => number): Promise<void> {
  for (let seen = -1; seen !== statements(); ) {
    seen = statements()
    await sleep(400)
  }
}
