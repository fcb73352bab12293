import { type JobFilter, type Scheduler, z } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { refusingWrites } from './failing-store.ts'
import { onDemand } from './on-demand.ts'
import { fates, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

export function commandsMany<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('says whom a filter meets, by name, tag and owner, and changes nothing', async () => {
    const stage = await openStage(createHarness)
    const { scheduler } = await openMany(stage)
    const met = async (filter: JobFilter) => (await scheduler.matchJobs(filter)).jobs.join(' ')
    expect(await met({ tags: ['eu'] })).toBe('a b')
    expect(await met({ tags: ['eu', 'us'] })).toBe('a b c')
    expect(await met({ owner: 'desk' })).toBe('b c')
    expect(await met({ owner: 'desk', tags: ['eu'] })).toBe('b')
    expect(await met({ search: 'A' })).toBe('a')
    expect(await met({ search: 'nobody' })).toBe('')
    expect((await scheduler.control()).version).toBe(0)
  })

  it('pauses and resumes them in one go, and logs each under its own name', async () => {
    const stage = await openStage(createHarness)
    const { scheduler } = await openMany(stage)
    await scheduler.pauseJob('a')
    const paused = await scheduler.pauseJobs({ tags: ['eu'] }, { by: 'ada', why: 'month end' })
    expect(paused).toMatchObject({ changed: true, jobs: ['b'], left: [{ job: 'a', why: 'already' }] })
    expect(Object.keys((await scheduler.control()).pausedJobs).sort()).toEqual(['a', 'b'])
    expect((await scheduler.listLog({ job: 'b' })).items).toMatchObject([
      { kind: 'pause-job', job: 'b', by: 'ada', why: 'month end' },
    ])
    expect(await scheduler.pauseJobs({ tags: ['eu'] })).toMatchObject({ changed: false, jobs: [] })
    await stage.pass(MINUTE)
    expect(await scheduler.resumeJobs({ tags: ['eu'] })).toMatchObject({ changed: true, jobs: ['a', 'b'], left: [] })
    await stage.pass(MINUTE)
    const ledger = (await stage.ledger(scheduler)).filter(({ job }) => job === 'b')
    expect(fates(ledger)).toEqual(['1 suppressed', '2 succeeded'])
  })

  it('runs them, but for those under way and those that need an input', async () => {
    const stage = await openStage(createHarness)
    const { scheduler, ran } = await openMany(stage)
    await scheduler.runJob('c')
    await stage.pass(SECOND)
    const result = await scheduler.runJobs({ tags: ['eu', 'us', 'form'] }, { why: 'again' })
    expect(result).toMatchObject({
      jobs: ['a', 'b'],
      left: [
        { job: 'c', why: 'running' },
        { job: 'form', why: 'needs_input' },
      ],
    })
    await stage.pass(SECOND)
    expect(ran.sort()).toEqual(['a', 'b', 'c'])
    const ids = runs(await stage.ledger(scheduler)).map(({ id }) => id)
    expect(result.runs.map(({ runId }) => ids.includes(runId))).toEqual([true, true])
  })

  it('tells the due times that its pause suppressed and no tick has accounted for', async () => {
    const stage = await openStage(createHarness)
    const { scheduler } = await openMany(stage)
    const told: object[] = []
    scheduler.on('due-times-not-run', ({ job, state, scheduledFor }) => void told.push({ job, state, scheduledFor }))
    await stage.pass(45 * SECOND)
    await scheduler.pauseJobs({ tags: ['eu'] })
    await stage.pass(20 * SECOND)
    expect(told).toEqual([])
    await scheduler.resumeJobs({ tags: ['eu'] })
    expect(told).toEqual([{ job: 'b', state: 'suppressed', scheduledFor: T0 + MINUTE }])
  })

  it('takes no place for runs that the store has refused', async () => {
    const stage = await openStage(createHarness)
    const { store, refuse, accept } = refusingWrites(stage.store)
    const jobs = [
      onDemand<S>(() => {}, { name: 'a', tags: ['eu'] }),
      minutely<S>(() => {}, { name: 'b', tags: ['eu'] }),
    ]
    const scheduler = stage.instance({ jobs, store, concurrency: 2 })
    await scheduler.open()
    refuse()
    await expect(scheduler.runJobs({ tags: ['eu'] })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    accept()
    await stage.pass(MINUTE + SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
  })

  it('meets exactly whom the preview showed, or nobody', async () => {
    const stage = await openStage(createHarness)
    const { scheduler } = await openMany(stage)
    const { match } = await scheduler.matchJobs({ tags: ['eu'] })
    const other = scheduler.pauseJobs({ tags: ['us'] }, { expectedMatch: match })
    await expect(other).rejects.toMatchObject({ code: 'JOBS_CHANGED', status: 412, details: { actual: 1 } })
    expect((await scheduler.control()).version).toBe(0)
    expect(await scheduler.pauseJobs({ tags: ['eu'] }, { expectedMatch: match })).toMatchObject({ jobs: ['a', 'b'] })
  })

  it('takes effect once for its key', async () => {
    const stage = await openStage(createHarness)
    const { scheduler, ran } = await openMany(stage)
    const ask = () => scheduler.runJobs({ tags: ['eu'] }, { idempotencyKey: 'k' })
    const first = await ask()
    expect(await ask()).toEqual({ ...first, replayed: true })
    await stage.pass(SECOND)
    expect(ran.sort()).toEqual(['a', 'b'])
  })

  it('answers a repeat of its key as at first, although its filter meets another job by then', async () => {
    const stage = await openStage(createHarness)
    const { scheduler } = await openMany(stage)
    const { match } = await scheduler.matchJobs({ tags: ['eu'] })
    const ask = (idempotencyKey: string) =>
      scheduler.pauseJobs({ tags: ['eu'] }, { expectedMatch: match, idempotencyKey })
    const first = await ask('k')
    expect(first).toMatchObject({ match, jobs: ['a', 'b'] })
    await scheduler.addJob(onDemand<S>(() => {}, { name: 'late', tags: ['eu'] }))
    expect(await ask('k')).toEqual({ ...first, replayed: true })
    await expect(ask('another')).rejects.toMatchObject({ code: 'JOBS_CHANGED' })
  })

  it.each<readonly [string, unknown, object]>([
    ['no condition', {}, { path: 'filter' }],
    ['an unknown condition', { tag: 'eu' }, { path: 'filter.tag', suggestion: 'tags' }],
    ['a tag that is no word', { tags: ['E U'] }, { path: 'filter.tags[0]', received: '"E U"' }],
    ['no tags', { tags: [] }, { path: 'filter.tags' }],
    ['an owner that is none', { owner: '' }, { path: 'filter.owner' }],
    ['no filter', null, { path: 'filter', received: 'null' }],
  ])('refuses %s, and changes nothing', async (_what, filter, details) => {
    const stage = await openStage(createHarness)
    const { scheduler } = await openMany(stage)
    for (const ask of commandsOf(scheduler)) {
      await expect(ask(filter as JobFilter)).rejects.toMatchObject({ code: 'INVALID_OPTIONS', details })
    }
    expect((await scheduler.control()).version).toBe(0)
  })

  it('refuses a pause that has ended, and more than 500 jobs', async () => {
    const stage = await openStage(createHarness)
    const jobs = Array.from({ length: 501 }, (_, n) => onDemand<S>(() => {}, { name: `j${n}`, tags: ['all'] }))
    const scheduler = stage.instance({ jobs })
    await scheduler.open()
    await expect(scheduler.pauseJobs({ tags: ['all'] })).rejects.toMatchObject({
      details: { path: 'filter', received: 'one that 501 meet', expected: 'a filter that at most 500 jobs meet' },
    })
    const late = scheduler.pauseJobs({ search: 'j499' }, { until: T0 - 1 })
    await expect(late).rejects.toMatchObject({ details: { path: 'until' } })
    expect((await scheduler.control()).version).toBe(0)
  })

  it('shows what is left of a backfill, and forgets it when it is cancelled; what is under way goes on', async () => {
    const stage = await openStage(createHarness)
    const end = Promise.withResolvers<void>()
    const scheduler = await stage.open((ctx) => (ctx.trigger === 'backfill' ? end.promise : undefined))
    await stage.rob(scheduler, T0 + 5 * MINUTE)
    await stage.pass(5 * MINUTE)
    expect(await scheduler.cancelBackfill('poll')).toMatchObject({
      changed: false,
      dropped: 0,
      control: { version: 0 },
    })
    const { queued } = await scheduler.backfillJob('poll', { from: T0, to: T0 + 5 * MINUTE })
    await stage.pass(SECOND)
    const { waiting, ...counts } = await scheduler.backfillQueue('poll')
    expect([queued, waiting.length, counts]).toEqual([5, 4, { running: 1, done: 0, passedOver: 0 }])
    const cancelled = await scheduler.cancelBackfill('poll', { by: 'ada', why: 'wrong month' })
    expect(cancelled).toMatchObject({ changed: true, dropped: 4 })
    expect((await scheduler.listLog()).items[0]).toMatchObject({ kind: 'cancel-backfill', job: 'poll', by: 'ada' })
    end.resolve()
    await stage.pass(10 * SECOND)
    expect(await scheduler.backfillQueue('poll')).toEqual({ waiting: [], running: 0, done: 1, passedOver: 0 })
    expect(runs(await stage.ledger(scheduler)).filter(({ trigger }) => trigger === 'backfill')).toHaveLength(1)
  })
}

function commandsOf(scheduler: Scheduler): readonly ((filter: JobFilter) => Promise<unknown>)[] {
  const { matchJobs, pauseJobs, resumeJobs, runJobs } = scheduler
  return [matchJobs, pauseJobs, resumeJobs, runJobs]
}

/** Jobs with tags and owners: `c` stays under way once it runs, and `form` needs an input. */
async function openMany<S extends object>(stage: Stage<S>) {
  const ran: string[] = []
  const run = ({ job }: { readonly job: string }) => {
    ran.push(job)
    return job === 'c' ? new Promise(() => {}) : undefined
  }
  const scheduler = stage.instance({
    jobs: [
      onDemand<S>(run, { name: 'a', tags: ['eu'] }),
      minutely<S>(run, { name: 'b', tags: ['eu', 'money'], owner: 'desk' }),
      onDemand<S>(run, { name: 'c', tags: ['us'], owner: 'desk' }),
      { ...onDemand<S>(run, { name: 'form', tags: ['form'] }), input: z.object({ to: z.string() }) },
    ],
  })
  await scheduler.open()
  await stage.pass(0)
  return { scheduler, ran }
}
