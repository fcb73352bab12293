import { setTimeout as sleep } from 'node:timers/promises'

import type { LedgerEntry, Scheduler, SessionProvider, Store } from '@pm/scheduler-core'
import { createStallMeter } from '@pm/scheduler-testing'
import type { EntityManager } from 'typeorm'
import { expect } from 'vitest'

/** Resolves once the scheduler has settled another run. */
export async function runsGoOn(scheduler: Scheduler): Promise<void> {
  await new Promise<void>((resolve) => {
    const off = scheduler.on('run-settled', () => {
      off()
      resolve()
    })
  })
}

/** Waits until the condition holds, for `ms` and no longer: but for the time in which this process could not run. */
export async function within(ms: number, condition: () => boolean): Promise<void> {
  const meter = createStallMeter()
  const began = performance.now()
  try {
    while (!condition()) {
      const [tookMs, stalledMs] = [performance.now() - began, meter.totalMs]
      if (tookMs - stalledMs > ms) {
        throw new Error(`Not so within ${ms} ms: it took ${tookMs} ms and more, stalled for ${stalledMs} ms of them.`)
      }
      await sleep(5)
    }
  } finally {
    meter.stop()
  }
}

/** Closes the scheduler, and reads its whole ledger. */
export async function closeAndRead(
  scheduler: Scheduler,
  { sessions, store }: { readonly sessions: SessionProvider<EntityManager>; readonly store: Store<EntityManager> },
): Promise<readonly LedgerEntry[]> {
  await scheduler.close()
  const { items, nextCursor } = await sessions.withSession(
    (session) => store.listEntries(session, { scheduler: scheduler.name, limit: 100_000 }),
    { readOnly: true },
  )
  expect(nextCursor).toBeNull()
  return items
}

/** Every due time of the grid between the first and the last has exactly one entry that accounts for it. */
export function expectNoGap(entries: readonly LedgerEntry[], periodMs: number): void {
  const due = entries.flatMap((entry) => {
    if (entry.scheduledFor === null) return []
    const count = entry.kind === 'unrun' ? entry.dueCount : 1
    return Array.from({ length: count }, (_, index) => (entry.scheduledFor ?? 0) + index * periodMs)
  })
  const sorted = [...due].sort((a, b) => a - b)
  const first = sorted[0] ?? 0
  expect(sorted).toEqual(sorted.map((_, index) => first + index * periodMs))
}
