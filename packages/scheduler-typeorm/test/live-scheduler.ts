import { setTimeout as sleep } from 'node:timers/promises'

import type { LedgerEntry, Scheduler, SessionProvider } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { createStallMeter } from '@pm/testlab'
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

export interface Worked {
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
  /** The due times that its one handler was started for. */
  readonly started: readonly number[]
  readonly periodMs: number
}

/**
 * Closes the scheduler and holds its ledger against what it did: no due time was started twice, each between the first and
 * the last has exactly one entry that accounts for it, and none is left running.
 */
export async function closeAndAccount(
  scheduler: Scheduler,
  { sessions, store, started, periodMs }: Worked,
): Promise<void> {
  await scheduler.close()
  const { items, nextCursor } = await sessions.withSession(
    (session) => store.listEntries(session, { scheduler: scheduler.name, limit: 100_000 }),
    { readOnly: true },
  )
  expect(nextCursor).toBeNull()
  expect(new Set(started).size).toBe(started.length)
  const due = items.flatMap(dueTimesOf(periodMs)).sort((a, b) => a - b)
  const [first = 0] = due
  expect(due).toEqual(due.map((_, index) => first + index * periodMs))
  expect(items.filter(({ state }) => state === 'running')).toEqual([])
}

function dueTimesOf(periodMs: number) {
  return (entry: LedgerEntry): readonly number[] => {
    const { scheduledFor } = entry
    if (scheduledFor === null) return []
    const count = entry.kind === 'unrun' ? entry.dueCount : 1
    return Array.from({ length: count }, (_, index) => scheduledFor + index * periodMs)
  }
}
