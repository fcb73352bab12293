import type { DataSource } from 'typeorm'

import { inTransaction } from '../src/sessions/in-transaction.ts'
import { type Names, tableNames } from '../src/sql/names.ts'
import { openStore, type StoreOnSchema } from './test-bed.ts'

export interface ShelvedStore extends StoreOnSchema {
  /** Gives the store back. Whoever left a transaction open on it is told by an error of the database. */
  close(): Promise<void>
}

/** Stores for one story after the other: making tables takes twenty times as long as emptying them. */
export interface StoreShelf {
  /** An empty store, alone on its tables until it is closed. */
  take(): Promise<ShelvedStore>
}

export function createStoreShelf(dataSource: DataSource): StoreShelf {
  const free: StoreOnSchema[] = []
  return {
    async take() {
      const store = free.pop() ?? (await openStore(dataSource))
      return {
        ...store,
        async close() {
          await empty(dataSource, tableNames(store.schema))
          free.push(store)
        },
      }
    },
  }
}

async function empty(dataSource: DataSource, names: Names): Promise<void> {
  const { schema: _, quotedSchema: __, migration: ___, ...tables } = names
  // What refers to others stands behind them.
  const statements = Object.values(tables)
    .reverse()
    .map((table) => `DELETE FROM ${table}`)
  await inTransaction({ dataSource, unit: 'empty' }, async (manager) => {
    await manager.query(`SET LOCAL lock_timeout = '10s'`)
    await manager.query(statements.join('; '))
  })
}
