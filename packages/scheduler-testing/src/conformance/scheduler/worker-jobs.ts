import { secretInput, z } from '@pm/scheduler-core'
import { randomRunId } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { openQueueStage } from './queue-stage.ts'
import { fates, MINUTE, minutely, runs, SECOND, WATCH } from './stage.ts'

const NOTHING = () => {}

/** What workers have and what they are brought need not fit: every message has an outcome that somebody sees. */
export function knowsItsJobs<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('leaves a message of a job that it does not have to a worker that has it', async () => {
    const stage = await openQueueStage(createHarness)
    const jobs = [minutely<S>(NOTHING), minutely<S>(NOTHING, { name: 'fresh' })]
    const scheduler = await stage.scheduler(jobs)
    const old = await stage.worker([minutely(NOTHING)])
    await stage.pass(MINUTE + SECOND)
    const states = async () =>
      runs(await stage.ledger(scheduler))
        .map(({ job, state }) => `${job} ${state}`)
        .sort()
    expect(await states()).toEqual(['fresh queued', 'poll succeeded'])
    expect(old.health.leftMessages).toBeGreaterThan(0)
    await stage.worker(jobs)
    await stage.pass(SECOND)
    expect(await states()).toEqual(['fresh succeeded', 'poll succeeded'])
  })

  it('drops a message that no run waits for, and counts it', async () => {
    const stage = await openQueueStage(createHarness)
    const scheduler = await stage.scheduler([minutely(NOTHING)])
    const worker = await stage.worker([minutely(NOTHING)])
    const message = { scheduler: scheduler.name, job: 'poll', queue: 'default', priority: 0 }
    stage.server.put({ id: randomRunId(), ...message })
    await stage.pass(SECOND)
    expect(worker.health.droppedMessages).toBe(1)
    expect(stage.server.messages).toEqual([])
    expect(await stage.ledger(scheduler)).toEqual([])
  })

  it('reads nothing of a message but the id: the ledger says what runs', async () => {
    const stage = await openQueueStage(createHarness)
    const ran: string[] = []
    const jobs = ['poll', 'drop-tables'].map((name) => minutely<S>((ctx) => void ran.push(ctx.job), { name }))
    const scheduler = await stage.scheduler(jobs)
    await scheduler.pauseJob('drop-tables')
    await stage.pass(MINUTE)
    const [message] = stage.server.messages
    if (!message) throw new Error('It waits.')
    stage.server.lose()
    stage.server.put({ ...message, job: 'drop-tables', priority: 1_000 })
    await stage.worker(jobs)
    await stage.pass(SECOND)
    expect(ran).toEqual(['poll'])
  })

  it('follows the definition in effect, whatever its own code says', async () => {
    const stage = await openQueueStage(createHarness)
    const attempts: number[] = []
    const retry = { maxAttempts: 2, backoffMs: 0 }
    const jobs = [minutely<S>(NOTHING, { queue: 'mails', retry })]
    const scheduler = await stage.scheduler(jobs, { deployment: 'a' })
    const fails = minutely<S>((ctx) => {
      attempts.push(ctx.attempt)
      throw new Error('no quote')
    })
    // A deployment has one definition of a job: that of the process that came first.
    await stage.worker([fails], { deployment: 'a' })
    await stage.pass(MINUTE + SECOND)
    expect(attempts).toEqual([1, 2])
    expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'failed', attempt: 2 }])
  })

  it('deploys anew under way: schedulers and workers go one by one, and each due time runs once', async () => {
    const stage = await openQueueStage(createHarness)
    const ran: string[] = []
    const job = (release: string) => minutely<S>(() => void ran.push(release))
    const first = await stage.scheduler([job('a')], { deployment: 'a' })
    const one = await stage.worker([job('a')], { deployment: 'a' })
    await stage.pass(MINUTE + SECOND)
    const added = minutely<S>(NOTHING, { name: 'added' })
    const second = await stage.scheduler([job('b'), added], { deployment: 'b' })
    await stage.pass(MINUTE)
    const two = await stage.worker([job('b'), added], { deployment: 'b' })
    await stage.endWorker(one)
    await stage.end(first)
    await stage.pass(MINUTE)
    const ledger = await stage.ledger(second)
    expect(fates(ledger.filter((entry) => entry.job === 'poll'))).toEqual(['1 succeeded', '2 succeeded', '3 succeeded'])
    expect(runs(ledger).map(({ state }) => state)).not.toContain('queued')
    expect(ran).toHaveLength(3)
    expect(two.health.reasons).toEqual([])
  })

  it('runs jobs of a template that are made later, from a queue that is new', async () => {
    const stage = await openQueueStage(createHarness)
    const ran: unknown[] = []
    const report = {
      name: 'report',
      params: z.object({ tenant: z.string() }),
      handler: ({ params }: { params: unknown }) => void ran.push(params),
    }
    const templates = [report]
    const scheduler = await stage.scheduler([], { templates })
    await stage.worker([], { templates })
    const schedule = { kind: 'every', periodMs: MINUTE, anchorAt: 0 } as const
    const job = { template: 'report', name: 'of-acme', schedule, params: { tenant: 'acme' }, queue: 'acme' }
    await scheduler.createJobs([job])
    await stage.pass(MINUTE + WATCH)
    expect(ran).toEqual([{ tenant: 'acme' }])
  })

  it('refuses an input with a secret: a worker gets what the ledger keeps', async () => {
    const stage = await openQueueStage(createHarness)
    const given: unknown[] = []
    const input = z.object({ to: z.string(), token: secretInput(z.string()).optional() })
    const mail = {
      name: 'mail',
      schedule: null,
      input,
      handler: (ctx: { input: unknown }) => void given.push(ctx.input),
    }
    const scheduler = await stage.scheduler([mail])
    await stage.worker([mail])
    const refused = scheduler.runJob('mail', { input: { to: 'ada', token: 'hunter2' } })
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_OPTIONS', details: { path: 'input' } })
    await expect(refused).rejects.not.toThrow('hunter2')
    await scheduler.runJob('mail', { input: { to: 'ada' } })
    await stage.pass(SECOND)
    expect(given).toEqual([{ to: 'ada' }])
  })

  it('tells with its heartbeat what it can take on, and what it did with messages', async () => {
    const stage = await openQueueStage(createHarness)
    const scheduler = await stage.scheduler([minutely(NOTHING)])
    await stage.worker([minutely(NOTHING)], { concurrency: 7 })
    stage.server.put({ id: randomRunId(), scheduler: scheduler.name, job: 'poll', queue: 'default', priority: 0 })
    await stage.pass(MINUTE)
    const { instances } = await stage.sessions.withSession(
      (session) =>
        stage.store.readMeasures(session, { scheduler: scheduler.name, asOf: stage.clock.now(), windowsMs: {} }),
      { readOnly: true },
    )
    const told = instances.map(({ role, concurrency, droppedMessages }) => ({ role, concurrency, droppedMessages }))
    expect(told.sort((a, b) => a.role.localeCompare(b.role))).toEqual([
      { role: 'scheduler', concurrency: 0, droppedMessages: 0 },
      { role: 'worker', concurrency: 7, droppedMessages: 1 },
    ])
  })
}
