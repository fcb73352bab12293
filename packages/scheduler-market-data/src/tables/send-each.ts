import { setImmediate as nextTurn } from 'node:timers/promises'

export interface SendEach<T, P> {
  /** Makes of an item what is sent. */
  readonly prepare: (item: T) => P
  readonly send: (prepared: P) => Promise<unknown>
}

/**
 * Sends each item, one after the other, and prepares the next one while the one before is on its way. Nothing is left
 * under way: whatever fails, it ends after the last answer.
 */
export async function sendEach<T, P>(items: readonly T[], { prepare, send }: SendEach<T, P>): Promise<void> {
  let sent: Promise<unknown> = Promise.resolve()
  try {
    for (const item of items) {
      const prepared = prepare(item)
      await sent
      sent = send(prepared)
      sent.catch(() => {})
      // A driver sends it some promises later: it leaves before the work on the next one holds the event loop.
      await nextTurn()
    }
  } finally {
    await sent
  }
}
