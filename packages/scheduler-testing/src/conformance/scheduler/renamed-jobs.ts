import type { JobOptions, Run } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

/** The job of every story by its new name, which ran as `poll` before. */
function quotes<S>(handler: (dueAt: number | null) => unknown, options: Partial<JobOptions<S>> = {}): JobOptions<S> {
  return minutely<S>((ctx) => handler(ctx.scheduledFor), { name: 'quotes', formerly: ['poll'], ...options })
}

/** Runs both versions beside each other for twenty minutes, and tells which due times each of them ran. */
async function besideEachOther<S extends object>(stage: Stage<S>, order: readonly ('old' | 'new')[]) {
  const ran: { readonly by: string; readonly dueAt: number | null }[] = []
  const note = (by: string) => (dueAt: number | null) => void ran.push({ by, dueAt })
  const codes = {
    old: minutely<S>((ctx) => note('old')(ctx.scheduledFor)),
    new: quotes<S>(note('new')),
  }
  const [first, second] = order.map((version) => stage.instance({ jobs: [codes[version]], deployment: version }))
  await first?.open()
  await stage.pass(2 * MINUTE + SECOND)
  await second?.open()
  await stage.pass(18 * MINUTE)
  return { ran, first, second }
}

/** Jobs that get another name in the code. */
export function renamesJobs<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('goes on under the new name after a restart: no due time is missed or run twice, and the totals go on', async () => {
    const stage = await openStage(createHarness)
    const old = await stage.open((ctx) => ctx.report({ processed: 3 }))
    await stage.pass(3 * MINUTE + SECOND)
    await old.close()
    const scheduler = stage.instance({ jobs: [quotes<S>(() => {})] })
    await scheduler.open()
    await stage.pass(2 * MINUTE)
    const ledger = await stage.ledger(scheduler)
    expect(fates(ledger)).toEqual(['1 succeeded', '2 succeeded', '3 succeeded', '4 succeeded', '5 succeeded'])
    expect(new Set(ledger.map(({ job }) => job))).toEqual(new Set(['quotes']))
    const { jobs, retired, totals } = await stage.snapshot(scheduler)
    expect(jobs).toMatchObject([{ name: 'quotes', tallies: { lifetime: { succeeded: 5, items_processed: 9 } } }])
    expect(retired).toEqual([])
    expect(totals.lifetime.succeeded).toBe(5)
    const [audit] = await scheduler.audit({ from: T0, to: T0 + 6 * MINUTE })
    expect(audit).toMatchObject({ job: 'quotes', started: 5, missed: 0, accountedTwice: 0 })
    expect(await scheduler.explain('quotes', T0 + 2 * MINUTE)).toMatchObject({ kind: 'recorded', job: 'quotes' })
  })

  it.each([
    ['the old version first', ['old', 'new']],
    ['the new version first', ['new', 'old']],
  ] as const)('runs each due time once under either name, %s', async (_order, order) => {
    const stage = await openStage(createHarness)
    const { ran, first, second } = await besideEachOther(stage, order)
    const expected = Array.from({ length: 20 }, (_, index) => T0 + (index + 1) * MINUTE)
    expect(ran.map(({ dueAt }) => Number(dueAt)).sort((a, b) => a - b)).toEqual(expected)
    for (const scheduler of [first, second]) {
      if (!scheduler) continue
      const [name] = scheduler.jobNames
      expect(scheduler.jobNames).toHaveLength(1)
      const ledger = runs(await stage.ledger(scheduler))
      expect(ledger.map(({ job, state }) => ({ job, state }))).toEqual(
        expected.map(() => ({ job: name, state: 'succeeded' })),
      )
      const { jobs, totals } = await stage.snapshot(scheduler)
      expect(jobs).toMatchObject([{ name, tallies: { lifetime: { succeeded: 20 } } }])
      expect(totals.lifetime.succeeded).toBe(20)
    }
    await first?.close()
    await stage.pass(2 * MINUTE)
    expect(new Set(ran.map(({ dueAt }) => dueAt))).toHaveLength(22)
    expect(ran).toHaveLength(22)
  })

  it('keeps a pause and the settings, and the log finds them by the new name', async () => {
    const stage = await openStage(createHarness)
    const old = await stage.open(() => {})
    await old.pauseJob('poll', { by: 'ada', why: 'the feed is down' })
    await old.configureJob('poll', { timeoutMs: 5_000 })
    await stage.pass(2 * MINUTE + SECOND)
    await old.close()
    const scheduler = stage.instance({ jobs: [quotes<S>(() => {})] })
    await scheduler.open()
    await stage.pass(MINUTE)
    const { jobs } = await stage.snapshot(scheduler)
    expect(jobs).toMatchObject([{ name: 'quotes', paused: { by: 'ada' }, policies: { timeoutMs: 5_000 } }])
    await scheduler.resumeJob('quotes', { by: 'ada' })
    expect(await scheduler.control()).toMatchObject({
      pausedJobs: {},
      config: { jobs: { quotes: { timeoutMs: 5_000 } } },
    })
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler)).at(-1)).toBe('4 succeeded')
    const { items } = await scheduler.listLog({ job: 'quotes' })
    expect(items.map(({ kind, job }) => [kind, job])).toEqual([
      ['resume-job', 'quotes'],
      ['configure-job', 'quotes'],
      ['pause-job', 'quotes'],
    ])
  })

  it('goes back: the old version alone has the job under its old name, with what the new one did', async () => {
    const stage = await openStage(createHarness)
    const old = await stage.open(() => {})
    await stage.pass(MINUTE + SECOND)
    await old.close()
    const renamed = stage.instance({ jobs: [quotes<S>(() => {})] })
    await renamed.open()
    await stage.pass(MINUTE)
    await renamed.close()
    const again = await stage.open(() => {})
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(again))).toEqual(['1 succeeded', '2 succeeded', '3 succeeded'])
    const { jobs, retired, totals } = await stage.snapshot(again)
    expect(jobs).toMatchObject([{ name: 'poll', tallies: { lifetime: { succeeded: 3 } } }])
    expect(retired).toEqual([])
    expect(totals.lifetime.succeeded).toBe(3)
    await expect(again.explain('quotes', T0 + MINUTE)).rejects.toMatchObject({
      code: 'JOB_RENAMED',
      details: { job: 'quotes', to: 'poll' },
    })
  })

  it('keeps its names when the code forgets the old one, through a second rename, and for who only watches', async () => {
    const stage = await openStage(createHarness)
    const versions = [minutely<S>(() => {}), quotes<S>(() => {}), quotes<S>(() => {}, { formerly: [] })]
    for (const job of [...versions, quotes<S>(() => {}, { name: 'prices', formerly: ['quotes'] })]) {
      const scheduler = stage.instance({ jobs: [job] })
      await scheduler.open()
      await stage.pass(MINUTE)
      await scheduler.close()
    }
    const observer = await stage.observe()
    expect(observer.jobNames).toEqual(['prices'])
    const { jobs, retired } = await stage.snapshot(observer)
    expect(jobs).toMatchObject([{ name: 'prices', tallies: { lifetime: { succeeded: 4 } } }])
    expect(retired).toEqual([])
    for (const job of ['poll', 'quotes']) {
      const renamed = { code: 'JOB_RENAMED', status: 404, details: { job, to: 'prices' } }
      await expect(observer.pauseJob(job)).rejects.toMatchObject(renamed)
      await expect(observer.explain(job, T0)).rejects.toMatchObject(renamed)
      await expect(observer.preview(job, 1)).rejects.toMatchObject(renamed)
      await expect(observer.forgetJob(job, { why: 'gone' })).rejects.toMatchObject(renamed)
      expect((await observer.listRuns({ job })).items).toHaveLength(4)
    }
  })

  it('does not run again by a backfill what ran under the old name', async () => {
    const stage = await openStage(createHarness)
    const old = await stage.open(() => {})
    await stage.pass(2 * MINUTE + SECOND)
    await old.close()
    const scheduler = stage.instance({ jobs: [quotes<S>(() => {})] })
    await scheduler.open()
    await scheduler.backfillJob('quotes', { from: T0 + MINUTE, to: T0 + 2 * MINUTE + SECOND })
    await stage.pass(10 * SECOND)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 succeeded'])
  })

  it('runs an orphan of the old name again under the new one, once, and a backfill does not repeat it', async () => {
    const stage = await openStage(createHarness)
    const again = { onOrphan: 'rerun', retry: { maxAttempts: 2 } } as const
    const dying = stage.mortal([minutely<S>(() => new Promise(() => {}), again)])
    await dying.open()
    await stage.pass(MINUTE)
    dying.kill()
    const ran: (number | null)[] = []
    const scheduler = await stage.begin([quotes<S>((dueAt) => void ran.push(dueAt), again)])
    await stage.pass(50 * SECOND)
    expect(ran).toEqual([T0 + MINUTE])
    const fate = ({ job, trigger, state }: Run) => `${job} ${trigger} ${state}`
    expect(
      runs(await stage.ledger(scheduler))
        .map(fate)
        .sort(),
    ).toEqual(['quotes rerun succeeded', 'quotes schedule orphaned'])
    await scheduler.backfillJob('quotes', { from: T0 + MINUTE, to: T0 + MINUTE + 1 })
    await stage.pass(SECOND)
    expect(ran).toEqual([T0 + MINUTE])
  })

  it('renames while it is open: the old job goes, the new one comes with all that it did', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(MINUTE + SECOND)
    await expect(scheduler.addJob(quotes(() => {}))).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      details: { path: 'job.formerly[0]', received: '"poll"' },
    })
    await scheduler.removeJob('poll')
    await scheduler.addJob(quotes(() => {}))
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2 succeeded'])
    await expect(scheduler.addJob(minutely(() => {}))).rejects.toMatchObject({ details: { path: 'job.name' } })
    await scheduler.replaceJob(quotes(() => {}, { formerly: [] }))
    await expect(scheduler.addJob(minutely(() => {}))).rejects.toMatchObject({
      code: 'JOB_RENAMED',
      details: { job: 'poll', to: 'quotes' },
    })
    expect(scheduler.jobNames).toEqual(['quotes'])
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler)).at(-1)).toBe('3 succeeded')
  })

  it('leaves two jobs alone that both have a past: what they did is not put together', async () => {
    const stage = await openStage(createHarness)
    const before = stage.instance({ jobs: [minutely<S>(() => {}), minutely<S>(() => {}, { name: 'quotes' })] })
    await before.open()
    await stage.pass(MINUTE)
    await before.close()
    const scheduler = stage.instance({ jobs: [quotes<S>(() => {})] })
    await scheduler.open()
    await stage.pass(MINUTE)
    const { jobs, retired, totals } = await stage.snapshot(scheduler)
    expect(jobs).toMatchObject([{ name: 'quotes', tallies: { lifetime: { succeeded: 2 } } }])
    expect(retired).toMatchObject([{ name: 'poll', tallies: { lifetime: { succeeded: 1 } } }])
    expect(totals.lifetime.succeeded).toBe(3)
  })
}
