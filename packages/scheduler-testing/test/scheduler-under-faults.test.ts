import {
  createMemoryBackend,
  createScheduler,
  type LedgerEntry,
  type MemorySession,
  type Scheduler,
} from '@pm/scheduler-core'
import { createFaultyBackend, createManualClock, createRandomPlan, type FaultyBackend } from '@pm/scheduler-testing'
import { describe, expect, it } from 'vitest'

import { wholeLedger } from '../src/manual/whole-ledger.ts'

const MINUTE = 60_000
const JOBS = Array.from({ length: 100 }, (_, index) => `job-${index}`)
const ROUNDS = 5

/** A fifth of all calls fail, half of them only after their commit, and some are held up. */
const RULES = { all: { before: 0.1, afterCommit: 0.1, delay: 0.05 } }

describe('two instances on a store of which every fifth call fails', () => {
  it.each([1, 2, 3])('account for every due time, start none twice and count each once (seed %i)', async (seed) => {
    const { sessions, store } = createMemoryBackend()
    const backend = createFaultyBackend<MemorySession>({ sessions, store, plan: createRandomPlan(seed, RULES) })
    const clock = createManualClock({ startAt: Date.UTC(2025, 8, 16, 2, 0, 30) })
    const history: string[] = []
    const instances = [1, 2].map(() => {
      const jobs = JOBS.map((name) => ({
        name,
        schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 } as const,
        handler: async ({ scheduledFor }: { scheduledFor: number | null }) =>
          void history.push(`${name}@${scheduledFor}`),
      }))
      return createScheduler<MemorySession>({
        name: 'faults',
        sessions: backend.sessions,
        store: backend.store,
        clock,
        jobs,
        graceMs: 0,
      })
    })

    await Promise.all(instances.map(openPersistently))
    for (let second = 0; second < ROUNDS * 60; second++) await clock.advance(1_000)
    backend.disarm()
    await clock.advance(20_000)

    const [first] = instances
    const ledger = first ? await wholeLedger(first) : []
    expect(new Set(history).size).toBe(history.length)
    for (const job of JOBS) {
      const due = ledger.filter((entry) => entry.job === job)
      const accounted = due.reduce((sum, entry) => sum + (entry.kind === 'run' ? 1 : entry.dueCount), 0)
      expect({ job, accounted }).toEqual({ job, accounted: ROUNDS })
    }
    const started = ledger.filter((entry) => entry.kind === 'run').map((run) => `${run.job}@${run.scheduledFor}`)
    expect([...started].sort()).toEqual([...history].sort())
    expect(ledger.filter(({ state }) => state === 'running')).toEqual([])
    await expectTotals(first, ledger)
    expectBothMoments(backend)

    const closing = Promise.all(instances.map((instance) => instance.close({ graceMs: 0 })))
    await clock.advance(1_000)
    await closing
    // Long enough for the last time limit to run out; nobody starts or sets anything any more.
    await clock.advance(10 * MINUTE)
    expect(clock.pendingTimers).toBe(0)
    expect(new Set(history).size).toBe(ledger.filter(({ kind }) => kind === 'run').length)
  })
})

async function openPersistently(instance: Scheduler): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const opened = await instance.open().then(
      () => true,
      () => false,
    )
    if (opened) return
  }
  throw new Error('The scheduler did not open in a hundred attempts.')
}

/** What the snapshot counts is what the rows say. */
async function expectTotals(scheduler: Scheduler | undefined, ledger: readonly LedgerEntry[]): Promise<void> {
  const lifetime = (await scheduler?.snapshot({ maxAgeMs: 0 }))?.snapshot.totals.lifetime
  const count = (state: string) =>
    ledger.filter((entry) => entry.state === state).reduce((sum, e) => sum + (e.kind === 'run' ? 1 : e.dueCount), 0)
  for (const state of ['succeeded', 'failed', 'timed_out', 'orphaned', 'cancelled', 'missed', 'suppressed'] as const) {
    expect([state, lifetime?.[state]]).toEqual([state, count(state)])
  }
}

function expectBothMoments({ faults }: FaultyBackend<MemorySession>): void {
  for (const moment of ['before', 'after-commit']) {
    expect(faults.filter((fault) => fault.moment === moment).length).toBeGreaterThan(20)
  }
}
