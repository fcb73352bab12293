import { fork } from 'node:child_process'
import { on, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createScheduler, defineJob, every, type JobHandler, type JobOptions, type Scheduler } from '@pm/scheduler-core'
import { createStallMeter } from '@pm/testlab'
import type { EntityManager, QueryRunner } from 'typeorm'
import { describe, expect, it } from 'vitest'

import { within } from '../live-scheduler.ts'
import { createTestBed, openStore } from '../test-bed.ts'

const LEASE_MS = 1_000
const PERIOD_MS = 100
/** How long a row is held: several leases. */
const HELD_MS = 2.5 * LEASE_MS
/** A tick waits once for a row, 150 ms; the rest allows for a slow machine. */
const LONGEST_GAP_MS = 1_000

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))

const bed = await createTestBed()
const dataSource = await bed.open()
const host = await bed.open()

describe('a locked row delays its job and nothing else', () => {
  it('while a handler keeps working in its transaction after ctx.complete', async () => {
    const done = Promise.withResolvers<string>()
    const { open, scheduler, runsOf } = await lab({
      slow: (ctx) =>
        ctx
          .withSession(async (session) => {
            await ctx.complete(session)
            await sleep(HELD_MS)
          })
          .then(() => done.resolve(ctx.runId), done.reject),
    })
    await open()
    const { runId } = await scheduler.runJob('slow')
    await staysFree(scheduler, HELD_MS)
    expect(await done.promise).toBe(runId)
    expect(await runsOf('slow', 'succeeded')).toHaveLength(1)
    await scheduler.close()
    expect(await runsOf('other', 'orphaned')).toEqual([])
  })

  it('while a handler is idle in its own transaction after ctx.complete, until the server ends it', async () => {
    const ended = Promise.withResolvers<unknown>()
    const { open, scheduler, runsOf } = await lab({
      stuck: (ctx) =>
        host
          .transaction(async (manager) => {
            await ctx.complete(manager)
            await sleep(7_000)
            await manager.query('SELECT 1')
          })
          .catch((error: unknown) => {
            ended.resolve(error)
            throw error
          }),
    })
    await open()
    await scheduler.runJob('stuck')
    await staysFree(scheduler, 7_500)
    expect(await ended.promise).toBeInstanceOf(Error)
    await within(5_000 + LEASE_MS, () => scheduler.state === 'running')
    await expect.poll(() => runsOf('stuck', 'running')).toEqual([])
    expect(await runsOf('stuck', 'succeeded')).toEqual([])
    await scheduler.close()
  })

  it("while a host's transaction locks the row of a job; operators pause and resume, and the job goes on when it is free", async () => {
    const { open, schema, scheduler, runsOf } = await lab({ held: () => {} }, { held: PERIOD_MS })
    await open()
    await expect.poll(async () => (await runsOf('held', 'succeeded')).length).toBeGreaterThan(2)
    const lock = await lockRow(`SELECT * FROM "${schema}".job WHERE job = 'held' FOR UPDATE`)
    await sleep(300)
    const before = (await runsOf('held', 'succeeded')).length
    await staysFree(scheduler, HELD_MS)
    expect(await runsOf('held', 'succeeded')).toHaveLength(before)
    expect(await scheduler.pause()).toMatchObject({ changed: true })
    expect(scheduler.state).toBe('paused')
    await expect(scheduler.resume()).rejects.toMatchObject({
      code: 'JOB_LOCKED',
      details: { job: 'held' },
      retryable: true,
    })
    await expect(scheduler.runJob('held')).rejects.toMatchObject({ code: 'JOB_LOCKED' })
    expect(scheduler.state).toBe('paused')
    await lock.release()
    await scheduler.resume()
    await expect.poll(async () => (await runsOf('held', 'succeeded')).length).toBeGreaterThan(before + 2)
    await scheduler.close()
    expect(await runsOf('other', 'orphaned')).toEqual([])
  })

  it("not even the outcome of a run that is under way while a host's transaction locks the row of its job", async () => {
    const finish = Promise.withResolvers<void>()
    const { open, schema, scheduler, runsOf } = await lab({ held: () => finish.promise })
    await open()
    await scheduler.runJob('held')
    const lock = await lockRow(`SELECT * FROM "${schema}".job WHERE job = 'held' FOR UPDATE`)
    finish.resolve()
    await expect.poll(async () => (await runsOf('held', 'succeeded')).length).toBe(1)
    await expect(scheduler.runJob('held')).rejects.toMatchObject({ code: 'JOB_LOCKED' })
    await staysFree(scheduler, LEASE_MS)
    await lock.release()
    await scheduler.close()
    expect(await runsOf('held', 'orphaned')).toEqual([])
    expect(await runsOf('other', 'orphaned')).toEqual([])
  })

  it("while a host's transaction locks the row of a run: the other leases are renewed, and that run fails with an error that names the cause", async () => {
    const reasons: unknown[] = []
    const { open, schema, scheduler, runsOf } = await lab({
      locked: (ctx) => untilAborted(ctx.signal).then((reason) => reasons.push(reason)),
      steady: (ctx) => sleep(HELD_MS, undefined, { signal: ctx.signal }),
    })
    await open()
    const { runId } = await scheduler.runJob('locked')
    await scheduler.runJob('steady')
    const lock = await lockRow(`SELECT * FROM "${schema}".under_way WHERE id = '${runId}' FOR UPDATE`)
    await staysFree(scheduler, HELD_MS)
    expect(reasons).toEqual([expect.objectContaining({ code: 'LEASE_LOST' })])
    await lock.release()
    await expect.poll(async () => (await runsOf('locked', 'orphaned')).length).toBe(1)
    await expect.poll(async () => (await runsOf('steady', 'succeeded')).length).toBe(1)
    await scheduler.close()
  })

  it.each(['unit', 'own'])(
    'while a process is stopped in its %s transaction after ctx.complete: the ledger and its handler agree that it failed',
    async (transaction) => {
      const { open, schema, scheduler, runsOf } = await lab({ stopped: () => {} })
      await open()
      const child = fork(CHILD, [bed.url, schema, transaction], { execArgv: ['--conditions=@pm/source'] })
      const told = on(child, 'message')
      const next = async () => (await told.next()).value?.[0]
      expect(await next()).toMatchObject({ at: 'completed' })
      child.kill('SIGSTOP')
      await staysFree(scheduler, HELD_MS)
      await expect.poll(async () => (await runsOf('stopped', 'orphaned')).length).toBe(1)
      child.kill('SIGCONT')
      const { at, error } = await next()
      expect(at).toBe('ended')
      expect(error).not.toBeNull()
      expect(await runsOf('stopped', 'succeeded')).toEqual([])
      const gone = once(child, 'exit')
      child.send('close')
      await gone
      await scheduler.close()
      expect(await runsOf('other', 'orphaned')).toEqual([])
    },
    60_000,
  )

  it('for two instances alike: each due time of the other jobs runs once', async () => {
    const started: number[] = []
    const first = await lab({ held: () => {} }, { held: PERIOD_MS }, started)
    const second = first.beside(started)
    await first.open()
    await second.open()
    const lock = await lockRow(`SELECT * FROM "${first.schema}".job WHERE job = 'held' FOR UPDATE`)
    await sleep(HELD_MS)
    await lock.release()
    await Promise.all([first.scheduler.close(), second.close()])
    expect(new Set(started).size).toBe(started.length)
    const gaps = [...started].sort((a, b) => a - b).map((at, index, all) => at - (all[index - 1] ?? at))
    expect(Math.max(...gaps)).toBeLessThan(LONGEST_GAP_MS)
  })
})

/** A scheduler with these jobs, run by hand unless a period is given, and one that runs all the time. */
async function lab(
  handlers: Readonly<Record<string, JobHandler<EntityManager>>>,
  periods: Readonly<Record<string, number>> = {},
  started: number[] = [],
) {
  const { schema, sessions, store } = await openStore(dataSource)
  const own = Object.entries(handlers).map(([name, handler]) => job(name, handler, periods[name] ?? 3_600_000))
  const create = (starts: number[]) =>
    createScheduler<EntityManager>({
      name: 'held',
      jobs: [...own, job('other', (ctx) => void starts.push(ctx.scheduledFor ?? 0), PERIOD_MS)],
      sessions,
      store,
      leaseMs: LEASE_MS,
      sweepMs: 500,
    })
  const scheduler = create(started)
  const runsOf = async (name: string, state: 'running' | 'succeeded' | 'orphaned') =>
    (await scheduler.listRuns({ job: name, states: [state], limit: 1_000 })).items
  return { schema, scheduler, open: () => scheduler.open(), beside: (starts: number[]) => create(starts), runsOf }
}

function job(name: string, handler: JobOptions<EntityManager>['handler'], milliseconds: number) {
  return defineJob<EntityManager>({ name, schedule: every({ milliseconds }), handler })
}

/**
 * Watches the other job for a while: it never pauses for long, not counting the time for which this process was
 * stalled.
 */
async function staysFree(scheduler: Scheduler, ms: number): Promise<void> {
  const meter = createStallMeter()
  const now = () => performance.now() - meter.totalMs
  let last = now()
  let longest = 0
  const note = () => {
    longest = Math.max(longest, now() - last)
    last = now()
  }
  const off = scheduler.on('run-settled', ({ job: name }) => {
    if (name === 'other') note()
  })
  await sleep(ms)
  off()
  note()
  meter.stop()
  expect(longest).toBeLessThan(LONGEST_GAP_MS)
}

async function lockRow(statement: string): Promise<{ release(): Promise<void> }> {
  const runner: QueryRunner = host.createQueryRunner()
  await runner.startTransaction()
  await runner.query(statement)
  return {
    async release() {
      await runner.rollbackTransaction()
      await runner.release()
    },
  }
}

function untilAborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true })
  })
}
