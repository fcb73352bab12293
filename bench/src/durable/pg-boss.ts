import { PgBoss } from 'pg-boss'

import type { Postgres } from '../lab/postgres.ts'
import type { Worker } from './contest.ts'
import { workFor } from './workers.ts'

export interface Peer {
  readonly workers: readonly Worker[]
  close(): Promise<void>
}

/** From insert to completed, in batches. Each queue has a partition of its own, as its documentation advises for large ones. */
export async function openPgBoss({ url, serverPid }: Postgres, sizes: readonly number[]): Promise<Peer> {
  const boss = new PgBoss({ connectionString: url, max: 10 })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  const queueOf = (size: number) => `of-${size}`
  for (const size of sizes) await boss.createQueue(queueOf(size), { partition: true })

  async function batch(size: number): Promise<number> {
    const queue = queueOf(size)
    await boss.insert(
      queue,
      Array.from({ length: size }, (_, index) => ({ data: { index } })),
    )
    const jobs = await boss.fetch(queue, { batchSize: size })
    const ids = jobs.map(({ id }) => id)
    if (ids.length > 0) await boss.complete(queue, ids)
    return ids.length
  }
  return {
    workers: sizes.map((size) => ({
      name: `pg-boss, ${size}`,
      work: (ms) => workFor(ms, serverPid, () => batch(size)),
    })),
    close: () => boss.stop({ graceful: false }),
  }
}
