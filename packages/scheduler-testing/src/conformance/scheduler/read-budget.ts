import type { Scheduler } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, minutely, openStage, SECOND, type Stage, T0 } from './stage.ts'

const RANGE = { from: T0, to: T0 + HOUR }

/** Every question that is answered from the store. */
const QUESTIONS: Readonly<Record<string, (scheduler: Scheduler, options?: Asker) => Promise<unknown>>> = {
  audit: (scheduler, options) => scheduler.audit(RANGE, options),
  history: (scheduler, options) =>
    scheduler.history({ metric: 'total_runs', from: T0, to: T0 + HOUR, stepMs: MINUTE }, options),
  explain: (scheduler, options) => scheduler.explain('poll', T0 + MINUTE, options),
  dueTimes: (scheduler, options) => scheduler.dueTimes('poll', RANGE, options),
  listRuns: (scheduler, options) => scheduler.listRuns({}, options),
  listLog: (scheduler, options) => scheduler.listLog({}, options),
  preview: (scheduler, options) => scheduler.preview('poll', 1, options),
  upcoming: (scheduler, options) => scheduler.upcoming(1, options),
  previewBackfill: (scheduler, options) => scheduler.previewBackfill('poll', { from: T0 - HOUR, to: T0 }, options),
  control: (scheduler, options) => scheduler.control(options),
}

type Asker = Parameters<Scheduler['control']>[0]

/** What questions may cost, and that whoever hangs up costs nothing more. */
export function keepsToItsBudget<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it.each(Object.keys(QUESTIONS))('does not answer %s to the end when nobody waits for it any more', async (name) => {
    const stage = await openStage(createHarness)
    const { store, hold } = heldStore(stage)
    const scheduler = await stage.open(() => {}, { with: { store } })
    await stage.pass(3 * MINUTE + SECOND)
    const gone = new AbortController()
    const held = hold()
    const asked = QUESTIONS[name]?.(scheduler, { signal: gone.signal })
    const refused = expect(asked).rejects.toMatchObject({ code: 'READ_ABANDONED' })
    await held.begun
    gone.abort()
    held.release()
    await refused
    expect(held.calls()).toBe(1)
    await expect(QUESTIONS[name]?.(scheduler, { signal: gone.signal })).rejects.toMatchObject({
      code: 'READ_ABANDONED',
    })
    expect(held.calls()).toBe(1)
    expect(scheduler.state).toBe('running')
    expect(await QUESTIONS[name]?.(scheduler)).toBeDefined()
  })

  it('answers a few at a time, and meanwhile reads its status and keeps its due times', async () => {
    const stage = await openStage(createHarness)
    const { store, hold } = heldStore(stage)
    const scheduler = await stage.open(() => {}, { with: { store, reads: { places: 1, queue: 2, waitMs: HOUR } } })
    await stage.pass(MINUTE)
    const held = hold('listEntries')
    const asked = ['ada', 'bob', 'eve'].map((by) => scheduler.listRuns({}, { by }))
    asked.push(scheduler.listRuns({}))
    await held.begun
    await expect(scheduler.listRuns({}, { by: 'bob' })).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await expect(scheduler.listRuns({}, { by: 'mia' })).rejects.toMatchObject({ code: 'READS_BUSY', status: 503 })
    expect((await stage.snapshot(scheduler)).asOf).toBe(stage.clock.now())
    held.release()
    expect((await Promise.all(asked)).map(({ items }) => items.length)).toEqual([1, 1, 1, 1])
    await stage.pass(2 * MINUTE)
    const ledger = await stage.ledger(scheduler)
    expect(ledger.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  it('ends a question that takes too long, and names a narrower one', async () => {
    const stage = await openStage(createHarness)
    const { store, hold } = heldStore(stage)
    const scheduler = await stage.open(() => {}, { with: { store, reads: { timeoutMs: 10_000 } } })
    await stage.pass(MINUTE)
    const held = hold('listEntries')
    const asked = expect(scheduler.audit(RANGE)).rejects.toMatchObject({
      code: 'READ_TOO_LARGE',
      status: 422,
      details: { over: 'time', limit: 10_000, narrower: expect.stringContaining('job') },
    })
    await held.begun
    await stage.clock.advance(10_000)
    held.release()
    await asked
    await stage.pass(0)
  })

  it('ends a question that reads too much, and names a narrower one, which it answers', async () => {
    const stage = await openStage(createHarness)
    const jobs = [minutely<S>(() => {}), minutely<S>(() => {}, { name: 'other' })]
    const scheduler = stage.instance({ jobs, reads: { maxRows: 10 } })
    await scheduler.open()
    await stage.pass(8 * MINUTE + SECOND)
    const whole = { from: T0, to: T0 + 8 * MINUTE + SECOND }
    const error = await scheduler.audit(whole).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'READ_TOO_LARGE', details: { over: 'rows', limit: 10 } })
    const [, from = ''] =
      /such as one from (\S+)$/.exec((error as { details: { narrower: string } }).details.narrower) ?? []
    expect(Date.parse(from)).toBeGreaterThan(T0)
    const part = await scheduler.audit({ ...whole, from: Date.parse(from) })
    expect(part.map(({ unexplained }) => unexplained)).toEqual([[], []])
    expect(await scheduler.audit({ ...whole, job: 'poll' })).toMatchObject([{ started: 8 }])
  })
}

/** The stage's store, whose reads wait from `hold` until they are let go, and are counted from then on. */
function heldStore<S extends object>(stage: Stage<S>) {
  const reads = ['listEntries', 'listLog', 'readMeasures', 'readControl', 'readDefinitions'] as const
  type Read = (typeof reads)[number]
  let held: Held | null = null
  const store: Store<S> = { ...stage.store }
  for (const method of reads) {
    const inner = stage.store[method] as (session: S, input: never) => Promise<never>
    const waiting = async (session: S, input: never) => {
      const now = held
      if (now && (now.only === null || now.only === method)) {
        now.calls++
        now.begin()
        await now.released
      }
      return inner(session, input)
    }
    Object.assign(store, { [method]: waiting })
  }
  function hold(only: Read | null = null) {
    const released = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const own: Held = { only, released: released.promise, calls: 0, begin: () => begun.resolve() }
    held = own
    return { begun: begun.promise, calls: () => own.calls, release: () => released.resolve() }
  }
  return { store, hold }
}

interface Held {
  readonly only: string | null
  readonly released: Promise<void>
  readonly begin: () => void
  calls: number
}
