import type { OnRunError, Run, Scheduler, SchedulerEvents } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { recordingLogger } from './recording-logger.ts'
import { MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

const NEVER_ENDS = () => new Promise<void>(() => {})

/** Whom the end of a run is told: listeners, `onRunError`, the log. */
export function tellsEveryEnding<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('tells each run that ends once, with its error', async () => {
    const stage = await openStage(createHarness)
    let tries = 0
    const scheduler = await stage.open(
      () => {
        tries++
        if (tries === 1) return
        if (tries === 2) throw Object.assign(new Error('no quote'), { code: 'NO_QUOTE' })
        return NEVER_ENDS()
      },
      { timeoutMs: 30 * SECOND },
    )
    const told = listen(scheduler)
    await stage.pass(3 * MINUTE + 30 * SECOND)
    await stage.pass(30 * SECOND)
    const [last] = runs(await stage.ledger(scheduler)).filter(({ state }) => state === 'running')
    if (last) await scheduler.cancelRun(last.id)
    await stage.pass(20 * SECOND)

    const common = { job: 'poll', attempt: 1, trigger: 'schedule' }
    expect(told.settled).toEqual([
      expect.objectContaining({ ...common, scheduledFor: T0 + MINUTE, state: 'succeeded', error: null }),
      expect.objectContaining({ ...common, state: 'failed', error: { ...NO_QUOTE, name: 'Error' } }),
      expect.objectContaining({
        ...common,
        state: 'timed_out',
        error: expect.objectContaining({ code: 'RUN_TIMED_OUT' }),
      }),
      expect.objectContaining({
        ...common,
        state: 'cancelled',
        error: expect.objectContaining({ code: 'RUN_CANCELLED' }),
      }),
    ])
    expect(told.settled.map(({ runId }) => runId)).toEqual(runs(await stage.ledger(scheduler)).map(({ id }) => id))
  })

  it('tells of an orphan too, from the instance that finds it, and of no run twice', async () => {
    const stage = await openStage(createHarness)
    const reported: unknown[] = []
    const onRunError: OnRunError = (error, context) => void reported.push([error, context])
    const died = await stage.standStill(minutely<S>(NEVER_ENDS))
    const toldThere = listen(died)
    const survivor = stage.instance({ jobs: [minutely<S>(() => {})], leaseMs: 15 * SECOND, onRunError })
    const told = listen(survivor)
    await survivor.open()
    await stage.pass(30 * SECOND)

    const error = expect.objectContaining({ code: 'RUN_ORPHANED' })
    expect(told.settled).toMatchObject([{ state: 'orphaned', attempt: 1, scheduledFor: T0 + MINUTE, error }])
    expect(toldThere.settled).toEqual([])
    expect(reported).toEqual([[error, expect.objectContaining({ job: 'poll', state: 'orphaned', stored: error })]])
  })

  it('tells of due times that do not run: missed, skipped and suppressed ones', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(NEVER_ENDS, { misfireGraceMs: 0 })
    const told = listen(scheduler)
    await stage.pass(2 * MINUTE)
    const [running] = runs(await stage.ledger(scheduler))
    await scheduler.pause()
    await scheduler.cancelRun((running as Run).id)
    await stage.pass(2 * MINUTE)
    await scheduler.resume()
    await stage.pass(SECOND)
    expect(told.notRun.slice(0, 2)).toMatchObject([
      { job: 'poll', state: 'skipped', reason: 'overlap', scheduledFor: T0 + 2 * MINUTE, dueCount: 1 },
      { job: 'poll', state: 'suppressed', reason: null, scheduledFor: T0 + 3 * MINUTE },
    ])
    const entries = (await stage.ledger(scheduler)).filter((entry) => entry.kind === 'unrun')
    expect(told.notRun.map(({ scheduledFor, through }) => [scheduledFor, through])).toEqual(
      entries.map(({ scheduledFor, through }) => [scheduledFor, through]),
    )
    await scheduler.close()

    await stage.pass(3 * MINUTE)
    const later = stage.instance({ jobs: [minutely<S>(() => {}, { misfireGraceMs: 0 })] })
    const toldLater = listen(later)
    await later.open()
    await stage.pass(SECOND)
    expect(toldLater.notRun).toMatchObject([{ state: 'missed', dueCount: 3, scheduledFor: T0 + 5 * MINUTE }])
  })

  it('hands onRunError what was thrown, once for each run that did not succeed', async () => {
    const stage = await openStage(createHarness)
    const thrown = Object.assign(new Error('no quote for hunter2'), { code: 'NO_QUOTE' })
    const reported: [unknown, Parameters<OnRunError>[1]][] = []
    let fails = true
    const scheduler = await stage.open(() => (fails ? Promise.reject(thrown) : undefined), {
      retry: { maxAttempts: 2, backoffMs: 0 },
      with: { secrets: ['hunter2'], onRunError: (...told) => void reported.push(told) },
    })
    await stage.pass(MINUTE)
    await stage.pass(SECOND)
    fails = false
    await stage.pass(MINUTE)
    const [run] = runs(await stage.ledger(scheduler))
    expect(reported).toHaveLength(1)
    expect(reported[0]?.[0]).toBe(thrown)
    expect(reported[0]?.[1]).toEqual({
      scheduler: 'market_data_scheduler',
      job: 'poll',
      runId: run?.id,
      attempt: 2,
      trigger: 'schedule',
      scheduledFor: T0 + MINUTE,
      state: 'failed',
      stored: { code: 'NO_QUOTE', name: 'Error', message: 'no quote for [redacted]' },
    })
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('Sentry is down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('Sentry is down'))],
  ])('goes on when onRunError %s, and logs it', async (_, onRunError) => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const scheduler = await stage.open(() => Promise.reject(new Error('x')), { with: { onRunError, logger } })
    await stage.pass(2 * MINUTE)
    expect(runs(await stage.ledger(scheduler)).map(({ state }) => state)).toEqual(['failed', 'failed'])
    expect(lines.filter(({ message }) => message === 'onRunError threw')).toMatchObject([
      { level: 'error', fields: { job: 'poll', err: { message: 'Sentry is down' } } },
      { level: 'error' },
    ])
  })

  it('logs what a handler throws with its stack and its causes, at each attempt, and no secret', async () => {
    const stage = await openStage(createHarness)
    const { logger, lines } = recordingLogger()
    const cause = new Error('password hunter2 was refused')
    const scheduler = await stage.open(() => Promise.reject(new Error('no quote', { cause })), {
      retry: { maxAttempts: 2, backoffMs: 0 },
      with: { logger, secrets: ['hunter2'] },
    })
    await stage.pass(MINUTE)
    await stage.pass(SECOND)
    const [run] = runs(await stage.ledger(scheduler))
    const about = { scheduler: 'market_data_scheduler', job: 'poll', runId: run?.id }
    const thrown = lines.filter(({ fields }) => 'err' in fields)
    expect(thrown).toMatchObject([
      { level: 'warn', fields: { ...about, attempt: 1, waitMs: 0 } },
      { level: 'error', fields: { ...about, attempt: 2 } },
    ])
    for (const { fields } of thrown) {
      expect(fields['err']).toBeInstanceOf(Error)
      expect(fields['err']).toMatchObject({ message: 'no quote', stack: expect.stringContaining('endings.ts') })
      expect(fields['err']).toMatchObject({ cause: { message: 'password [redacted] was refused' } })
    }
  })
}

const NO_QUOTE = { code: 'NO_QUOTE', message: 'no quote' }

function listen(scheduler: Scheduler) {
  const settled: SchedulerEvents['run-settled'][] = []
  const notRun: SchedulerEvents['due-times-not-run'][] = []
  scheduler.on('run-settled', (event) => void settled.push(event))
  scheduler.on('due-times-not-run', (event) => void notRun.push(event))
  return { settled, notRun }
}
