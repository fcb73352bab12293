import { setTimeout as sleep } from 'node:timers/promises'

import type { YahooOptions } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import { type Build, loadModule } from '../lab/build.ts'
import { type Metered, metered } from '../lab/turns.ts'
import type { Save } from './contenders.ts'
import type { Lab } from './lab.ts'
import type { Replay } from './replay.ts'

export interface PollFigures extends Metered {
  /** Those of the scheduler included, which claims the run, renews its lease and settles it. */
  readonly statements: number
  readonly saves: number
}

export interface PollerInput {
  /** A name of a scheduler. */
  readonly name: string
  readonly build: Build
  readonly lab: Lab
  readonly replay: Replay
  readonly save: Save
  readonly requests: Pick<YahooOptions, 'concurrency'>
}

/** Polls all symbols of the replay once with a scheduler on PostgreSQL, which is closed again. */
export async function pollOnce({ name, build, lab, replay, save, requests }: PollerInput): Promise<PollFigures> {
  const { createScheduler, every } = await loadModule(build, 'core')
  const { createTypeormSessions, createTypeormStore } = await loadModule(build, 'typeorm')
  const { createPollJob, createYahooProvider } = await loadModule(build, 'marketData')
  const { dataSource, statements, saves } = lab
  const provider = createYahooProvider({ fetch: replay.fetch, batchSize: 250, delistedAfterMs: null, ...requests })
  const job = createPollJob<EntityManager>({
    schedule: every({ days: 1 }),
    symbols: async () => replay.symbols,
    providers: [provider],
    saveQuotes: save,
  })
  const sessions = createTypeormSessions(dataSource)
  const scheduler = createScheduler({ name, jobs: [job], sessions, store: createTypeormStore() })
  await scheduler.open()
  // Closed at once, so that nobody counts the statements of another.
  try {
    await untilQuiet(statements)
    const before = { statements: statements(), saves: saves() }
    const taken = await metered(async () => {
      await scheduler.runJob('poll-market-data')
      await scheduler.whenIdle()
    })
    const sent = { statements: statements() - before.statements, saves: saves() - before.saves }
    const { items } = await scheduler.listRuns({ limit: 1 })
    const [run] = items
    const stored = run?.kind === 'run' ? run.items.processed : 0
    if (stored !== replay.symbols.length) throw new Error(`${stored} of ${replay.symbols.length} symbols were stored.`)
    return { ...taken, ...sent }
  } finally {
    await scheduler.close()
  }
}

/** Waits for the upkeep of a scheduler that was just opened. */
async function untilQuiet(statements: () => number): Promise<void> {
  for (let seen = -1; seen !== statements(); ) {
    seen = statements()
    await sleep(400)
  }
}
