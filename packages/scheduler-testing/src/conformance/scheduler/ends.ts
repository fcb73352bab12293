import type { JobOptions, Run, Scheduler } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

export function endsWithoutLoss<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('leaves a run that waits for its next attempt open on close, whatever its job says of orphans', async () => {
    const stage = await openStage(createHarness)
    const retry = { maxAttempts: 3, backoffMs: 20 * SECOND, maxBackoffMs: 20 * SECOND }
    const { job, book } = succeedsAt<S>(3, { retry })
    const first = await openAfterAMinute(stage, job)
    const waiting = await theRun(stage, first)
    expect(waiting).toMatchObject({ state: 'running', attempt: 1, error: { message: 'attempt 1' }, releasedAt: null })
    const { nextAttemptAt } = waiting
    expect(nextAttemptAt).toBeGreaterThan(stage.clock.now())

    await shutDown(stage, first)
    const open = await theRun(stage, first)
    expect(open).toMatchObject({ state: 'running', nextAttemptAt, attempt: 1, error: { message: 'attempt 1' } })
    expect(open.releasedAt).not.toBeNull()

    const next = stage.instance({ jobs: [job] })
    await next.open()
    await stage.pass(Number(nextAttemptAt) - stage.clock.now() - 1)
    expect(book).toEqual([1])
    await stage.pass(1)
    expect(book).toEqual([1, 2])
    await stage.pass(20 * SECOND)
    expect(book).toEqual([1, 2, 3])
    expect(await theRun(stage, next)).toMatchObject({
      id: open.id,
      state: 'succeeded',
      attempt: 3,
      fence: open.fence + 1,
    })
    expect((await stage.snapshot(next)).totals.lifetime).toMatchObject({ succeeded: 1, attempts: 3, due_started: 1 })
  })

  it('leaves a working run open on close where its job asks for at least once, and the next instance takes it up', async () => {
    const stage = await openStage(createHarness)
    const job = minutely<S>(({ attempt }) => (attempt === 1 ? NEVER : undefined), AT_LEAST_ONCE)
    const first = await openAfterAMinute(stage, job)
    await shutDown(stage, first)
    expect(await theRun(stage, first)).toMatchObject({
      state: 'running',
      nextAttemptAt: null,
      error: { code: 'RUN_INTERRUPTED' },
    })
    const next = stage.instance({ jobs: [job] })
    await next.open()
    await stage.pass(0)
    expect(await theRun(stage, next)).toMatchObject({ state: 'succeeded', attempt: 2, trigger: 'schedule' })
    expect((await stage.snapshot(next)).totals.lifetime).toMatchObject({ succeeded: 1, attempts: 2, interrupted: 0 })
  })

  it.for([
    ['whose job leaves orphans as they are', {}],
    ['with no attempt left', { onOrphan: 'rerun' }],
  ] as const)('settles a working run %s as interrupted, which counts as failed', async ([, policies]) => {
    const stage = await openStage(createHarness)
    const scheduler = await openAfterAMinute(
      stage,
      minutely<S>(() => NEVER, policies),
    )
    await shutDown(stage, scheduler)
    expect(await theRun(stage, scheduler)).toMatchObject({ state: 'interrupted', error: { code: 'RUN_INTERRUPTED' } })
    const { totals, jobs } = await stage.snapshot(scheduler)
    expect(totals.lifetime).toMatchObject({ interrupted: 1, cancelled: 0, failed: 0, attempts: 1 })
    expect(jobs[0]).toMatchObject({ consecutiveFailures: 1 })
  })

  it('keeps what a stop released until the start, and then takes it up', async () => {
    const { stage, scheduler, open } = await stopWhileWorking(createHarness)
    await stage.pass(5 * MINUTE)
    expect(await theRun(stage, scheduler)).toEqual(open)
    await scheduler.start()
    await stage.pass(10 * SECOND)
    expect(await theRun(stage, scheduler)).toMatchObject({ id: open.id, state: 'succeeded', attempt: 2 })
  })

  it('cancels what a stop released when somebody asks, without a start', async () => {
    const { stage, scheduler, open } = await stopWhileWorking(createHarness)
    await scheduler.cancelRun(open.id)
    await stage.pass(10 * SECOND)
    expect(await theRun(stage, scheduler)).toMatchObject({
      state: 'cancelled',
      attempt: 1,
      error: { code: 'RUN_CANCELLED' },
    })
  })

  it('has the rerun of a crash in a wait respect what was left of it', async () => {
    const stage = await openStage(createHarness)
    const retry = { maxAttempts: 2, backoffMs: 10 * MINUTE, maxBackoffMs: 10 * MINUTE }
    const { job, book } = succeedsAt<S>(2, { onOrphan: 'rerun', retry })
    await stage.standStill(job)
    const survivor = stage.instance({ jobs: [job] })
    await survivor.open()
    await stage.pass(2 * MINUTE)
    const [orphan, rerun] = await runsOf(stage, survivor)
    expect(orphan).toMatchObject({ state: 'orphaned', attempt: 1 })
    expect(rerun).toMatchObject({ trigger: 'rerun', state: 'running', attempt: 1, earlierAttempts: 1 })
    await stage.pass(Number(rerun?.nextAttemptAt) - stage.clock.now() - 1)
    expect(book).toEqual([1])
    await stage.pass(1)
    expect(book).toEqual([1, 2])
  })

  it('counts each call of the handler once: a crash in the first attempt and a good rerun are 2', async () => {
    const stage = await openStage(createHarness)
    let calls = 0
    const job = minutely<S>(() => (++calls === 1 ? NEVER : undefined), AT_LEAST_ONCE)
    await stage.standStill(job)
    const survivor = stage.instance({ jobs: [job] })
    await survivor.open()
    await stage.pass(50 * SECOND)
    expect((await stage.snapshot(survivor)).totals.lifetime).toMatchObject({ orphaned: 1, succeeded: 1, attempts: 2 })
    expect(calls).toBe(2)
  })

  it('finds a rerun that came after a retry, when it explains and when it backfills', async () => {
    const stage = await openStage(createHarness)
    const policies = { onOrphan: 'rerun', retry: { maxAttempts: 3, backoffMs: SECOND } } as const
    const failing = minutely<S>(({ attempt }) => {
      if (attempt === 1) throw new Error('not yet')
      return NEVER
    }, policies)
    await stage.standStill(failing, MINUTE + 5 * SECOND)
    const survivor = stage.instance({ jobs: [minutely<S>(() => {}, policies)] })
    await survivor.open()
    await stage.pass(50 * SECOND)
    expect(await survivor.explain('poll', T0 + MINUTE)).toMatchObject({
      kind: 'recorded',
      entry: { state: 'orphaned', attempt: 2 },
      later: [{ state: 'succeeded', attempt: 3, earlierAttempts: 2 }],
    })
    const before = (await stage.ledger(survivor)).length
    await survivor.backfillJob('poll', { from: T0 + MINUTE, to: T0 + MINUTE + 1 })
    await stage.pass(0)
    expect(await stage.ledger(survivor)).toHaveLength(before)
  })

  it('holds a retry back while the job is paused, and begins it when it is resumed: neither limit counts that time', async () => {
    const stage = await openStage(createHarness)
    const retry = { maxAttempts: 2, backoffMs: SECOND }
    const { job, book } = succeedsAt<S>(2, { timeoutMs: 5 * SECOND, runTimeoutMs: 12 * SECOND, retry })
    const scheduler = await openAfterAMinute(stage, job)
    await scheduler.pauseJob('poll')
    await stage.pass(40 * SECOND)
    expect(book).toEqual([1])
    await scheduler.resumeJob('poll')
    await stage.pass(0)
    expect(book).toEqual([1, 2])
    const [run] = await runsOf(stage, scheduler)
    expect(run).toMatchObject({ state: 'succeeded', attempt: 2 })
    expect(run?.durationMs).toBeLessThanOrEqual(SECOND)
  })

  it('limits each attempt by itself, and tries one that took too long again when its handler has returned', async () => {
    const stage = await openStage(createHarness)
    const book: (readonly [number, number])[] = []
    const returned = Promise.withResolvers<void>()
    const job = minutely<S>(
      ({ attempt }) => {
        book.push([attempt, stage.clock.now() - T0 - MINUTE])
        return attempt === 1 ? returned.promise : undefined
      },
      { timeoutMs: 10 * SECOND, retry: { maxAttempts: 2, backoffMs: 0 } },
    )
    const scheduler = await openAfterAMinute(stage, job)
    await stage.pass(12 * SECOND)
    expect(book).toEqual([[1, 0]])
    expect(await theRun(stage, scheduler)).toMatchObject({ state: 'running', error: { code: 'RUN_TIMED_OUT' } })
    returned.resolve()
    await stage.pass(0)
    expect(book).toEqual([
      [1, 0],
      [2, 12 * SECOND],
    ])
    expect(await theRun(stage, scheduler)).toMatchObject({ state: 'succeeded', attempt: 2, error: null })
  })

  it('ends a run at its own limit, and keeps the error of the last attempt as the cause', async () => {
    const stage = await openStage(createHarness)
    const job = minutely<S>(
      ({ attempt }) => {
        if (attempt === 1) throw Object.assign(new Error('the source is away'), { code: 'SOURCE_AWAY' })
        return NEVER
      },
      { timeoutMs: 20 * SECOND, runTimeoutMs: 10 * SECOND, retry: { maxAttempts: 2, backoffMs: SECOND } },
    )
    const scheduler = await openAfterAMinute(stage, job)
    await stage.pass(10 * SECOND - 1)
    expect(await theRun(stage, scheduler)).toMatchObject({ state: 'running', attempt: 2 })
    await stage.pass(1)
    const run = await theRun(stage, scheduler)
    expect(run).toMatchObject({
      state: 'timed_out',
      attempt: 2,
      durationMs: 10 * SECOND,
      error: { code: 'RUN_TIMED_OUT' },
    })
    expect(run.error?.causes).toMatchObject([{ code: 'SOURCE_AWAY', message: 'the source is away' }])
  })

  it('refuses retries that can never fit, at registration and when they are set, and changes nothing', async () => {
    const stage = await openStage(createHarness)
    const tight = { runTimeoutMs: SECOND, retry: { maxAttempts: 3, backoffMs: SECOND } } as const
    expect(() => stage.instance({ jobs: [minutely<S>(() => {}, tight)] })).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTIONS',
        details: expect.objectContaining({ path: 'scheduler.jobs[0].runTimeoutMs', received: '1000' }),
      }),
    )
    const scheduler = await stage.open(() => {}, { retry: tight.retry })
    const before = await scheduler.control()
    await expect(scheduler.configureJob('poll', { runTimeoutMs: SECOND })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      details: { path: 'job.runTimeoutMs', received: '1000', expected: expect.stringContaining('1500') },
    })
    await scheduler.configureJob('poll', { runTimeoutMs: 2 * SECOND })
    await expect(scheduler.configureJob('poll', { retry: { maxAttempts: 9 } })).rejects.toMatchObject({
      details: { path: 'job.retry' },
    })
    expect((await scheduler.control()).version).toBe(before.version + 1)
  })
}

const NEVER = new Promise<void>(() => {})
const AT_LEAST_ONCE = { onOrphan: 'rerun', retry: { maxAttempts: 2 } } as const

/** A job that fails before this attempt, and the attempts that its handler was called for. */
function succeedsAt<S>(last: number, policies: Partial<JobOptions<S>>) {
  const book: number[] = []
  const job = minutely<S>(({ attempt }) => {
    book.push(attempt)
    if (attempt < last) throw new Error(`attempt ${attempt}`)
  }, policies)
  return { job, book }
}

async function openAfterAMinute<S extends object>(stage: Stage<S>, job: JobOptions<S>): Promise<Scheduler> {
  const scheduler = stage.instance({ jobs: [job] })
  await scheduler.open()
  await stage.pass(MINUTE)
  return scheduler
}

async function shutDown<S extends object>(stage: Stage<S>, scheduler: Scheduler): Promise<void> {
  const closing = scheduler.close({ graceMs: 0 })
  await stage.pass(500)
  await closing
}

/** A stop breaks off a run that asks for at least once, and leaves it open. */
async function stopWhileWorking<S extends object>(createHarness: CreateStoreHarness<S>) {
  const stage = await openStage(createHarness)
  const job = minutely<S>(({ attempt }) => (attempt === 1 ? NEVER : undefined), AT_LEAST_ONCE)
  const scheduler = await openAfterAMinute(stage, job)
  const stopping = scheduler.stop()
  await stage.pass(30 * SECOND)
  await stopping
  const open = await theRun(stage, scheduler)
  expect(open).toMatchObject({ state: 'running', attempt: 1, releasedAt: expect.any(Number) })
  return { stage, scheduler, open }
}

async function runsOf<S extends object>(stage: Stage<S>, scheduler: Scheduler): Promise<readonly Run[]> {
  const all = runs(await stage.ledger(scheduler))
  return all
    .filter(({ scheduledFor }) => scheduledFor === T0 + MINUTE)
    .sort((a, b) => a.attempt - b.attempt || a.earlierAttempts - b.earlierAttempts)
}

async function theRun<S extends object>(stage: Stage<S>, scheduler: Scheduler): Promise<Run> {
  const [run] = await runsOf(stage, scheduler)
  if (!run) throw new Error('There is no run of the first minute.')
  return run
}
