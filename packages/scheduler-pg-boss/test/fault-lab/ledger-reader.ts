import { setTimeout as sleep } from 'node:timers/promises'

import { type LedgerEntry, type Run, systemClock } from '@pm/scheduler-core'
import type { StoreMeasures } from '@pm/scheduler-core/store'
import { createTypeormSessions, createTypeormStore, migrateScheduler } from '@pm/scheduler-typeorm'

import { openDataSource } from '../open-data-source.ts'

export interface LedgerReaderOptions {
  readonly databaseUrl: string
  readonly scheduler: string
}

/** The ledger as the lab sees it, on a connection of its own. */
export interface LedgerReader {
  readonly entries: () => Promise<readonly LedgerEntry[]>
  readonly measures: () => Promise<StoreMeasures>
  /** Resolves when the database answers. */
  whenBack(): Promise<void>
  /**
   * Resolves when no run is queued for longer than a second: what an engine has lost was handed over again. Rejects as the
   * next one.
   */
  whenQueueIsShort(): Promise<void>
  /** Resolves when nothing is queued or running. Rejects when that takes too long, and names what is open. */
  whenNoRunIsOpen(): Promise<void>
  close(): Promise<void>
}

const PATIENCE_MS = 30_000
const LOOK_MS = 50
const QUEUED_MS = 1_000

/** Makes the tables, and connects. */
export async function openLedgerReader({ databaseUrl, scheduler }: LedgerReaderOptions): Promise<LedgerReader> {
  const dataSource = await openDataSource(databaseUrl, 1)
  await migrateScheduler(dataSource)
  const store = createTypeormStore()
  const sessions = createTypeormSessions(dataSource, { acquireTimeoutMs: PATIENCE_MS })
  const list = (states?: LedgerEntry['state'][]) =>
    sessions.withSession(
      (session) => store.listEntries(session, { scheduler, limit: 1_000_000, ...(states && { states }) }),
      { readOnly: true },
    )

  async function whenNoneIs(states: LedgerEntry['state'][], isInTheWay: (run: Run) => boolean): Promise<void> {
    const deadline = systemClock.now() + PATIENCE_MS
    for (;;) {
      const { items } = await list(states)
      const left = items.filter((entry) => entry.kind === 'run' && isInTheWay(entry))
      if (left.length === 0) return
      if (systemClock.now() > deadline) throw new Error(`Still there: ${JSON.stringify(left.slice(0, 5))}`)
      await sleep(LOOK_MS)
    }
  }

  return {
    entries: async () => (await list()).items,
    measures: () =>
      sessions.withSession(
        (session) => store.readMeasures(session, { scheduler, asOf: systemClock.now(), windowsMs: {} }),
        { readOnly: true },
      ),
    async whenBack() {
      for (;;) {
        const answers = await dataSource.query('SELECT 1').then(
          () => true,
          () => false,
        )
        if (answers) return
        await sleep(LOOK_MS)
      }
    },
    whenQueueIsShort: () =>
      whenNoneIs(['queued'], ({ queuedAt }) => queuedAt !== null && queuedAt < systemClock.now() - QUEUED_MS),
    whenNoRunIsOpen: () => whenNoneIs(['queued', 'running'], () => true),
    close: () => dataSource.destroy(),
  }
}
