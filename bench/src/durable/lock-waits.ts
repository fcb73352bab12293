import { setTimeout as sleep } from 'node:timers/promises'

import type { DataSource } from 'typeorm'

const SAMPLE_MS = 50

export interface LockWaits {
  /** The share of samples in which somebody waited for a lock of another transaction. */
  readonly anybody: number
  /** How many connections waited at a time, on average. */
  readonly waiting: number
}

/** Looks every 50 ms at who waits for a lock. The answer ends it. */
export function sampleLockWaits(dataSource: DataSource): () => Promise<LockWaits> {
  const samples: number[] = []
  let goesOn = true
  const sampling = (async () => {
    while (goesOn) {
      const [row] = await dataSource.query(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
      )
      samples.push(row.waiting)
      await sleep(SAMPLE_MS)
    }
  })()
  return async () => {
    goesOn = false
    await sampling
    return {
      anybody: samples.filter((waiting) => waiting > 0).length / samples.length,
      waiting: samples.reduce((sum, waiting) => sum + waiting, 0) / samples.length,
    }
  }
}
