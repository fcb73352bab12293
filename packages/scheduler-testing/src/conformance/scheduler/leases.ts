import type { SessionProvider } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createManualClock } from '../../manual-clock.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

const leases = { leaseMs: 15 * SECOND, sweepMs: 5 * SECOND }

export function startsOnlyWhatIsItsOwn<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('starts no handler of a run that was taken for dead before it could begin', async () => {
    const stage = await openStage(createHarness)
    const stalledClock = createManualClock({ startAt: T0 })
    const started: number[] = []
    const { sessions, hold } = withHurdles(stage.sessions)
    const jobs = [minutely<S>(({ scheduledFor }) => void started.push(scheduledFor ?? 0))]
    const stalled = stage.instance({ jobs, sessions, ...leases }, stalledClock)
    await stalled.open()
    await stage.pass(0, stalledClock)
    const letGo = hold('tick')
    await stage.pass(MINUTE, stalledClock)

    await othersFindTheRun(stage)
    stalledClock.stall(21 * SECOND)
    letGo()
    await stage.pass(SECOND, stalledClock)
    expect(started).toEqual([])
    await stage.pass(MINUTE, stalledClock)
    expect(started).toEqual([T0 + 2 * MINUTE])
  })

  it.each([
    ['stop', 'missed'],
    ['pause', 'suppressed'],
  ] as const)('starts nothing once %s has answered, not even what a tick was about to claim', async (command, fate) => {
    const stage = await openStage(createHarness)
    const started: number[] = []
    const { sessions, delay } = withHurdles(stage.sessions)
    const job = minutely<S>(({ scheduledFor }) => void started.push(scheduledFor ?? 0))
    const scheduler = stage.instance({ jobs: [job], sessions })
    await scheduler.open()
    await stage.pass(MINUTE - 1)
    const letGo = delay('tick')
    await stage.pass(1)
    await stage.clock.advance(1)
    await scheduler[command]()
    letGo()
    await stage.pass(SECOND)
    expect(started).toEqual([])
    await scheduler.start()
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual([`1 ${fate}`, '2 succeeded'])
  })

  it('tries no run again that was taken for dead while it waited for its next attempt', async () => {
    const stage = await openStage(createHarness)
    const stalledClock = createManualClock({ startAt: T0 })
    const attempts: number[] = []
    const job = minutely<S>(
      ({ attempt }) => {
        attempts.push(attempt)
        throw new Error('not yet')
      },
      { retry: { maxAttempts: 3, backoffMs: SECOND } },
    )
    const stalled = stage.instance({ jobs: [job], ...leases }, stalledClock)
    await stalled.open()
    await stage.pass(MINUTE, stalledClock)
    expect(attempts).toEqual([1])

    await othersFindTheRun(stage)
    stalledClock.stall(21 * SECOND)
    await stage.pass(5 * SECOND, stalledClock)
    expect(attempts).toEqual([1])
  })

  it('aborts what it cannot hold while the store is away, and does not start it a second time afterwards', async () => {
    const stage = await openStage(createHarness)
    const signals: AbortSignal[] = []
    const { sessions, refuse } = withHurdles(stage.sessions)
    const job = minutely<S>(({ signal }) => signals.push(signal) === 1 && new Promise(() => {}), {
      overlapPolicy: 'allow',
    })
    const scheduler = stage.instance({ jobs: [job], sessions, ...leases })
    await scheduler.open()
    await stage.pass(MINUTE)
    refuse(() => true)
    await stage.pass(leases.leaseMs)
    expect(signals[0]?.reason).toMatchObject({ code: 'LEASE_LOST' })

    refuse((unit) => unit === 'rescue')
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 running', '2 succeeded'])
    expect(signals).toHaveLength(2)
    refuse(() => false)
    await stage.pass(2 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 orphaned', '2 succeeded'])
  })

  it('aborts a run when its lease is trusted no longer, also while the call that renews it never returns', async () => {
    const stage = await openStage(createHarness)
    const signals: AbortSignal[] = []
    const { sessions, delay } = withHurdles(stage.sessions)
    const job = minutely<S>(({ signal }) => signals.push(signal) === 1 && new Promise(() => {}))
    const scheduler = stage.instance({ jobs: [job], sessions, ...leases })
    await scheduler.open()
    await stage.pass(MINUTE)
    const letGo = delay('renew')
    await stage.pass((5 / 6) * leases.leaseMs - 1)
    expect(signals[0]?.aborted).toBe(false)
    await stage.pass(1)
    expect(signals[0]?.reason).toMatchObject({ code: 'LEASE_LOST' })

    await stage.pass(10 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 orphaned'])
    letGo()
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 orphaned', '2 succeeded'])
  })

  it('leaves what an earlier opening could not write down to the sweep, and starts it no second time', async () => {
    const stage = await openStage(createHarness)
    const started: number[] = []
    const { sessions, refuse } = withHurdles(stage.sessions)
    const job = minutely<S>(({ scheduledFor }) => started.push(scheduledFor ?? 0) === 1 && new Promise(() => {}))
    const scheduler = stage.instance({ jobs: [job], sessions, ...leases })
    await scheduler.open()
    await stage.pass(MINUTE)
    refuse((unit) => unit === 'settle')
    const closing = scheduler.close({ graceMs: 0 })
    await stage.pass(SECOND)
    await closing

    refuse(() => false)
    await scheduler.open()
    await stage.pass(5 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 running'])
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 orphaned', '2 succeeded'])
    expect(started).toEqual([T0 + MINUTE, T0 + 2 * MINUTE])
  })
}

/** Another instance lives on beyond the lease of the run of the first minute, and marks it. */
async function othersFindTheRun<S extends object>(stage: Stage<S>): Promise<void> {
  const other = stage.instance({ jobs: [minutely<S>(() => {})], ...leases })
  await stage.clock.advance(MINUTE)
  await other.open()
  await stage.pass(21 * SECOND)
  expect(runs(await stage.ledger(other))).toMatchObject([{ state: 'orphaned' }])
  await other.close()
}

/** Sessions that refuse or delay units of work, and that keep an answer back although its unit has committed. */
function withHurdles<S>(inner: SessionProvider<S>) {
  const delayed = new Map<string, Promise<void>>()
  const held = new Map<string, Promise<void>>()
  let isRefused = (_unit: string): boolean => false
  const sessions: SessionProvider<S> = {
    async withSession(work, options) {
      const { unit = '' } = options ?? {}
      if (isRefused(unit)) throw new Error('connection refused')
      await taken(delayed, unit)
      const result = await inner.withSession(work, options)
      await taken(held, unit)
      return result
    },
  }
  return {
    sessions,
    refuse(units: (unit: string) => boolean) {
      isRefused = units
    },
    delay: (unit: string) => gate(delayed, unit),
    hold: (unit: string) => gate(held, unit),
  }
}

/** The next unit of that name waits until the answer is called. */
function gate(gates: Map<string, Promise<void>>, unit: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  gates.set(unit, promise)
  return resolve
}

async function taken(gates: Map<string, Promise<void>>, unit: string): Promise<void> {
  const waiting = gates.get(unit)
  gates.delete(unit)
  await waiting
}
