import type { CommandResult, Scheduler } from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, HOUR, MINUTE, minutely, openStage, SECOND, T0 } from './stage.ts'

const KEY = 'e7c1f3a0-2f5e-4c39-9b1c-3d2f0a4b5c6d'

export function commandsOnce<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('answers a repeat with what was answered, and does nothing', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const ada = { by: 'ada', why: 'maintenance', idempotencyKey: KEY }
    const first = await scheduler.pause(ada)
    expect(first).toMatchObject({ changed: true, state: 'paused', control: { version: 1 }, replayed: false })
    await scheduler.resume()
    expect(await scheduler.pause(ada)).toEqual({ ...first, replayed: true })
    expect(scheduler.state).toBe('running')
    expect(await versions(scheduler)).toEqual([2, 1])
  })

  it('keeps also that nothing had to be changed', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const first = await scheduler.resume({ idempotencyKey: KEY })
    expect(first).toMatchObject({ changed: false, control: { version: 0 } })
    await scheduler.stop()
    expect(await scheduler.resume({ idempotencyKey: KEY })).toEqual({ ...first, replayed: true })
    expect(scheduler.state).toBe('stopped')
  })

  it('refuses the key of another request: another command, reason or version', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.pause({ idempotencyKey: KEY })
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED', status: 422 }
    await expect(scheduler.stop({ idempotencyKey: KEY })).rejects.toMatchObject(reused)
    await expect(scheduler.pause({ idempotencyKey: KEY, until: T0 + HOUR })).rejects.toMatchObject(reused)
    await expect(scheduler.pause({ idempotencyKey: KEY, why: 'x' })).rejects.toMatchObject(reused)
    await expect(scheduler.pause({ idempotencyKey: KEY, expectedVersion: 1 })).rejects.toMatchObject(reused)
    expect(await versions(scheduler)).toEqual([1])
  })

  it('keeps the keys of two principals apart', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.pause({ by: 'ada', idempotencyKey: KEY })
    expect(await scheduler.stop({ by: 'bob', idempotencyKey: KEY })).toMatchObject({ changed: true, replayed: false })
  })

  it('runs a job once, however many ask with one key, on two instances at once and after a restart', async () => {
    const stage = await openStage(createHarness)
    let runs = 0
    const jobs = [minutely<S>(() => void runs++)]
    const instances = [stage.instance({ jobs }), stage.instance({ jobs })]
    for (const each of instances) await each.open()
    const callers = Array.from({ length: 5 }, () => instances).flat()
    const answers = await Promise.all(callers.map((each) => each.runJob('poll', { idempotencyKey: KEY })))
    const ids = new Set(answers.map((answer) => answer.runId))
    expect(ids.size).toBe(1)
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1)
    await stage.pass(0)
    for (const each of instances) await each.close()

    const restarted = stage.instance({ jobs })
    await restarted.open()
    const again = await restarted.runJob('poll', { idempotencyKey: KEY })
    expect(again).toMatchObject({ runId: [...ids][0], replayed: true, changed: true })
    await stage.pass(0)
    expect(runs).toBe(1)
    expect(fates(await stage.ledger(restarted))).toEqual(['manual succeeded'])
  })

  it('repeats nothing of a stop, a cancellation, a backfill or a change of configuration either', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(MINUTE)
    const past = { from: T0 - 2 * MINUTE, to: T0 }
    const commands: readonly (readonly [string, () => Promise<CommandResult>])[] = [
      ['a', () => scheduler.backfillJob('poll', { ...past, idempotencyKey: 'a' })],
      ['b', () => scheduler.configure({ concurrency: 3 }, { idempotencyKey: 'b' })],
      ['c', () => scheduler.configureJob('poll', { timeoutMs: 5_000 }, { idempotencyKey: 'c' })],
      ['d', () => scheduler.pauseJob('poll', { until: T0 + 2 * MINUTE, idempotencyKey: 'd' })],
      ['e', () => scheduler.resumeJob('poll', { idempotencyKey: 'e' })],
      ['f', () => scheduler.stop({ idempotencyKey: 'f' })],
      ['g', () => scheduler.start({ idempotencyKey: 'g' })],
    ]
    const first = []
    for (const [, command] of commands) first.push(await command())
    expect(first.map(({ changed }) => changed)).toEqual(commands.map(() => true))
    // The pause has ended meanwhile; its repeat is answered all the same.
    await stage.pass(2 * MINUTE)
    const before = await versions(scheduler)
    for (const [index, [, command]] of commands.entries())
      expect(await command()).toEqual({ ...first[index], replayed: true })
    expect(await versions(scheduler)).toEqual(before)
    expect(scheduler.state).toBe('running')
  })

  it('asks for a cancellation once, also without a key', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(
      (ctx) => new Promise((_, reject) => ctx.signal.addEventListener('abort', reject)),
    )
    const { runId } = await scheduler.runJob('poll')
    const asked = { by: 'ada', idempotencyKey: KEY }
    const first = await scheduler.cancelRun(runId, asked)
    expect(first).toMatchObject({ changed: true, control: { version: 2 } })
    await stage.pass(SECOND)
    expect(await scheduler.cancelRun(runId, asked)).toEqual({ ...first, replayed: true })
    await expect(scheduler.cancelRun(runId)).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' })
  })

  it('keeps no key of what was refused: it can be tried again', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.stop()
    const asked = { idempotencyKey: KEY }
    await expect(scheduler.runJob('poll', asked)).rejects.toMatchObject({ code: 'SCHEDULER_NOT_RUNNING' })
    await scheduler.start()
    expect(await scheduler.runJob('poll', asked)).toMatchObject({ replayed: false })
  })

  it('writes effect, log entry and receipt together, or none of them', async () => {
    const stage = await openStage(createHarness)
    let failing: 'applyCommand' | 'record' | null = null
    const fault = async <T>(method: string, answer: Promise<T>): Promise<T> => {
      const done = await answer
      if (failing === method) throw new Error('the connection was lost')
      return done
    }
    const { store: inner } = stage
    const store: Store<S> = {
      ...inner,
      applyCommand: (session, input) => fault('applyCommand', inner.applyCommand(session, input)),
      record: (session, input) => fault('record', inner.record(session, input)),
    }
    const scheduler = await stage.open(() => {}, { with: { store } })
    for (failing of ['applyCommand', 'record'] as const) {
      await expect(scheduler.stop({ idempotencyKey: KEY })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      await expect(scheduler.configure({ concurrency: 3 }, { idempotencyKey: 'c' })).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
      })
      expect(await versions(scheduler)).toEqual([])
      expect(await scheduler.control()).toMatchObject({ version: 0, desired: 'running', config: { jobs: {} } })
    }
    failing = null
    expect(await scheduler.stop({ idempotencyKey: KEY })).toMatchObject({ changed: true, replayed: false })
  })

  it('keeps the answer, and not the whole control state with what others asked for', async () => {
    const stage = await openStage(createHarness)
    const kept: unknown[] = []
    const { store: inner } = stage
    const store: Store<S> = {
      ...inner,
      record(session, input) {
        if (input.receipt) kept.push(input.receipt.answer)
        return inner.record(session, input)
      },
    }
    const scheduler = await stage.open(() => {}, { with: { store } })
    await scheduler.pauseJob('poll', { by: 'eve', why: 'of no concern' })
    await scheduler.configureJob('poll', { timeoutMs: 5_000 })
    const { replayed: _, ...answer } = await scheduler.pause({ by: 'ada', idempotencyKey: KEY })
    const control = { version: 3, desired: 'paused', at: T0, by: 'ada', why: null, pausedUntil: null }
    expect(answer).toEqual({ state: 'paused', changed: true, control })
    expect(kept).toEqual([answer])
  })

  it('forgets keys after a day', async () => {
    const stage = await openStage(createHarness)
    const pauseAfter = async (ms: number) => {
      await stage.clock.advance(ms)
      const scheduler = stage.instance({ jobs: [minutely<S>(() => {}, { schedule: { kind: 'once', at: T0 } })] })
      await scheduler.open()
      await stage.pass(SECOND)
      const { replayed } = await scheduler.pause({ idempotencyKey: KEY })
      await scheduler.close()
      return replayed
    }
    expect(await pauseAfter(0)).toBe(false)
    expect(await pauseAfter(23 * HOUR)).toBe(true)
    expect(await pauseAfter(2 * HOUR)).toBe(false)
  })

  it.each(['', 'x'.repeat(256), 'ä', 'a\nb'])('refuses the key %j', async (idempotencyKey) => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const details = { path: 'idempotencyKey' }
    await expect(scheduler.pause({ idempotencyKey })).rejects.toMatchObject({ code: 'INVALID_OPTIONS', details })
    expect(scheduler.state).toBe('running')
  })
}

/** The versions in the control log, latest first. */
async function versions(scheduler: Scheduler): Promise<readonly number[]> {
  return (await scheduler.listLog()).items.map(({ version }) => version)
}
