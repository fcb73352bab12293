import type { Logger } from '@pm/scheduler-core'

import type { ListenHandle, PgBossDb } from './boss.ts'
import { reasonOf } from './errors.ts'

/** What a dispatch notifies with the name of its queue. */
export const CHANNEL = 'pm_scheduler_queue'

export type WakeUp = (queue: string | null) => void

/**
 * Hears that messages came, where the database has a connection that can. `null` says that some may have been missed. It only
 * makes workers faster: all of them poll as well.
 */
export async function listenForQueues(db: PgBossDb, wakeUp: WakeUp, logger: Logger): Promise<ListenHandle> {
  try {
    const handle = await db.listen?.(CHANNEL, wakeUp, () => wakeUp(null))
    if (handle) return handle
  } catch (error) {
    logger.warn({ reason: reasonOf(error) }, 'pg-boss cannot listen for messages; workers poll')
  }
  return { close: async () => {} }
}
