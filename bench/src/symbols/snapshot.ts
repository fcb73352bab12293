import { createScheduler, every } from '@pm/scheduler-core'
import { createTypeormSessions, createTypeormStore } from '@pm/scheduler-typeorm'
import type { DataSource } from 'typeorm'

import { median } from '../report/measure.ts'
import { feedsOf } from './freshness.ts'
import { meter } from './meter.ts'

export interface SnapshotInput {
  readonly dataSource: DataSource
  readonly symbols: readonly string[]
  readonly rounds: number
}

/** Whole snapshots of a scheduler with these feeds, as its status and its list of feeds need them. */
export async function wholeSnapshot({ dataSource, symbols, rounds }: SnapshotInput) {
  const scheduler = createScheduler({
    name: 'bench_snapshot',
    jobs: [{ name: 'idle', schedule: every({ days: 1 }), handler: () => {} }],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
    feeds: feedsOf(symbols),
  })
  await scheduler.open()
  try {
    const taken: Awaited<ReturnType<typeof meter>>[] = []
    for (let round = -1; round < rounds; round++) {
      const metered = await meter(async () => {
        const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
        const { items, error } = snapshot.feeds
        if (items?.length !== symbols.length) throw new Error(`The feeds were not read: ${error}.`)
      })
      if (round >= 0) taken.push(metered)
    }
    return {
      ms: median(taken.map(({ ms }) => ms)),
      longestTurnMs: median(taken.map(({ longestTurnMs }) => longestTurnMs)),
    }
  } finally {
    await scheduler.close()
  }
}
