import { createScheduler, every } from '@pm/scheduler-core'
import { createTypeormSessions, createTypeormStore } from '@pm/scheduler-typeorm'
import type { DataSource } from 'typeorm'

import type { Prices } from './contenders.ts'
import { feedsOf } from './freshness.ts'

export interface SnapshotInput {
  readonly dataSource: DataSource
  readonly prices: Prices
  readonly symbols: readonly string[]
}

export interface Snapshots extends AsyncDisposable {
  /** A whole snapshot of a scheduler with these feeds, as its status and its list of feeds need it. */
  take(): Promise<void>
}

export async function openSnapshots({ dataSource, prices, symbols }: SnapshotInput): Promise<Snapshots> {
  const scheduler = createScheduler({
    name: 'bench_snapshot',
    jobs: [{ name: 'idle', schedule: every({ days: 1 }), handler: () => {} }],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
    feeds: feedsOf(prices, symbols),
  })
  await scheduler.open()
  return {
    async take() {
      const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
      const { items, error } = snapshot.feeds
      if (items?.length !== symbols.length) throw new Error(`The feeds were not read: ${error}.`)
    },
    [Symbol.asyncDispose]: () => scheduler.close(),
  }
}
