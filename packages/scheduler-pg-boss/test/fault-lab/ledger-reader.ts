import { setTimeout as sleep } from 'node:timers/promises'

import { type LedgerEntry, systemClock } from '@pm/scheduler-core'
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
  /** Resolves when nothing is queued or running. Rejects when that takes too long, and names what is open. */
  whenNoRunIsOpen(): Promise<void>
  close(): Promise<void>
}

const PATIENCE_MS = 30_000
const LOOK_MS = 50

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
    async whenNoRunIsOpen() {
      const deadline = systemClock.now() + PATIENCE_MS
      for (;;) {
        const { items } = await list(['queued', 'running'])
        if (items.length === 0) return
        if (systemClock.now() > deadline) throw new Error(`Still open: ${JSON.stringify(items.slice(0, 5))}`)
        await sleep(LOOK_MS)
      }
    },
    close: () => dataSource.destroy(),
  }
}
