import { createMemoryBackend, createScheduler, isSchedulerError, type MemorySession } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { createManualClock } from '../manual-clock.ts'
import { failNth } from './fail-nth.ts'
import { isInjectedFault } from './fault.ts'
import { createNthPlan, createRandomPlan, type FaultPlan } from './fault-plan.ts'
import { createFaultyBackend } from './faulty-backend.ts'

const scheduler = 'market_data_scheduler'
const register = { scheduler, now: 1, jobs: [{ job: 'poll', cursor: 0 }] }
const stop = { scheduler, now: 2, command: { kind: 'stop', by: 'ops', why: null } } as const

describe('a faulty backend', () => {
  it('fails a call before it begins, and leaves nothing', async () => {
    const { sessions, store, faults, disarm } = faulty(createNthPlan(2, 'before'))
    await expect(sessions.withSession((s) => store.register(s, register))).rejects.toSatisfy(isInjectedFault)
    disarm()
    expect(faults).toMatchObject([{ call: 'register', moment: 'before' }])
    expect(await sessions.withSession((s) => store.readControl(s, { scheduler }))).toBeNull()
  })

  it('fails a unit after it has committed, so that nobody can tell from outside', async () => {
    const { sessions, store, faults, disarm } = faulty(createNthPlan(2, 'after-commit'))
    await expect(sessions.withSession((s) => store.register(s, register))).rejects.toSatisfy(isInjectedFault)
    disarm()
    expect(faults).toMatchObject([{ call: 'register', moment: 'after-commit' }])
    expect(await sessions.withSession((s) => store.readControl(s, { scheduler }))).toMatchObject({ version: 0 })
  })

  it('keeps the error of a unit that failed by itself', async () => {
    const { sessions, store, faults } = faulty(createNthPlan(2, 'after-commit'))
    const unit = sessions.withSession(async (session) => {
      await store.register(session, register)
      throw new Error('its own')
    })
    await expect(unit).rejects.toThrow('its own')
    expect(faults).toEqual([])
  })

  it('knows which unit a call belongs to, also when several are open', async () => {
    const { sessions, store } = faulty(createRandomPlan(1, { lockJobs: { afterCommit: 1 } }))
    await sessions.withSession((s) => store.register(s, register))
    const outer = sessions.withSession(async (session) => {
      const inner = sessions.withSession((s) => store.lockJobs(s, { scheduler, jobs: ['poll'] }))
      await expect(inner).rejects.toSatisfy(isInjectedFault)
      return store.readControl(session, { scheduler })
    })
    await expect(outer).resolves.toMatchObject({ version: 0 })
  })

  it('makes the same faults of the same seed, about as many as asked', async () => {
    const play = async (seed: number) => {
      const { sessions, store, faults } = faulty(
        createRandomPlan(seed, { applyCommand: { before: 0.1, afterCommit: 0.1, delay: 0.1 }, register: {} }),
      )
      await sessions.withSession((s) => store.register(s, register))
      const outcomes: string[] = []
      for (let round = 0; round < 500; round++) {
        const unit = sessions.withSession((s) => store.applyCommand(s, stop))
        outcomes.push(
          await unit.then(
            () => 'ok',
            () => 'failed',
          ),
        )
      }
      return { outcomes, moments: faults.map(({ moment }) => moment) }
    }
    const first = await play(7)
    expect(await play(7)).toEqual(first)
    expect(await play(8)).not.toEqual(first)
    for (const moment of ['before', 'after-commit']) {
      const share = first.moments.filter((each) => each === moment).length / 500
      expect(share).toBeGreaterThan(0.05)
      expect(share).toBeLessThan(0.15)
    }
  })

  it('refuses sessions as well as calls, and delays what it is told to', async () => {
    let delays = 0
    const { sessions, store } = createFaultyBackend({
      ...createMemoryBackend(),
      plan: createRandomPlan(1, { all: { delay: 1 }, 'unit:tick': { before: 1 } }),
      delay: async () => void delays++,
    })
    await expect(sessions.withSession(async () => 1, { unit: 'tick' })).rejects.toSatisfy(isInjectedFault)
    await sessions.withSession((s) => store.register(s, register), { unit: 'other' })
    expect(delays).toBe(2)
  })
})

describe('failNth', () => {
  it('strikes every call once per moment, and then lets one round through', async () => {
    const { rounds, struck } = await failNth(async (plan) => {
      const { sessions, store } = faulty(plan)
      await persistently(() => sessions.withSession((s) => store.register(s, register), { unit: 'register' }))
      await persistently(() => sessions.withSession((s) => store.readControl(s, { scheduler }), { unit: 'read' }))
    })
    const calls = ['unit:register', 'register', 'unit:read', 'readControl']
    expect(struck).toEqual(['before', 'after-commit'].flatMap((moment) => calls.map((call) => `${call} ${moment}`)))
    expect(rounds).toBe(10)
  })

  it('finds the one call that a scenario does not survive, and names it', async () => {
    const countsTwice = failNth(async (plan) => {
      const { sessions, store, disarm } = faulty(plan)
      await persistently(() => sessions.withSession((s) => store.register(s, register)))
      await persistently(() => sessions.withSession((s) => store.applyCommand(s, stop)))
      disarm()
      expect(await sessions.withSession((s) => store.readControl(s, { scheduler }))).toMatchObject({ version: 1 })
    })
    await expect(countsTwice).rejects.toThrow(/with call 3 \(unit:unnamed\) failing after-commit/)
  })

  it('does not take a scenario for proven that calls nothing', async () => {
    await expect(failNth(async () => {})).rejects.toThrow('no call that could fail')
  })

  it('holds a scheduler to its promise: one run of a due time, counted once, whichever call fails', async () => {
    const { struck } = await failNth(async (plan) => {
      const { sessions, store, disarm } = faulty(plan)
      const clock = createManualClock({ startAt: Date.UTC(2025, 8, 16, 2, 0, 30) })
      let ran = 0
      const jobs = [
        { name: 'poll', schedule: { kind: 'every', periodMs: 60_000, anchorAt: 0 }, handler: () => void ran++ },
      ] as const
      const app = createScheduler<MemorySession>({ name: scheduler, sessions, store, clock, jobs, graceMs: 0 })
      await persistently(() => app.open())
      await clock.advance(45_000)
      disarm()
      await clock.advance(10_000)
      const { items } = await app.listEntries()
      expect(items.map(({ state }) => state)).toEqual(['succeeded'])
      expect(ran).toBe(1)
      const { snapshot } = await app.snapshot({ maxAgeMs: 0 })
      expect(snapshot.totals.lifetime).toMatchObject({ succeeded: 1, due_started: 1, missed: 0 })
      const closing = app.close({ graceMs: 0 })
      await clock.advance(1_000)
      await closing
    })
    expect(struck).toEqual(
      expect.arrayContaining(['record before', 'record after-commit', 'settle before', 'settle after-commit']),
    )
  })
})

function faulty(plan: FaultPlan) {
  const { sessions, store } = createMemoryBackend()
  return createFaultyBackend<MemorySession>({ sessions, store: store satisfies Store<MemorySession>, plan })
}

/** Tries again after an injected fault, as callers of a store may. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isInjectedFault(error) && !isSchedulerError(error, 'STORE_UNAVAILABLE')) throw error
    }
  }
}
