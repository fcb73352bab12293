import { defineJobTemplate, every, type JobOptions, type MisfirePolicy, once, z } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, minutely, openStage, type Stage, T0 } from './stage.ts'

export function runsOnce<S extends object>(createHarness: CreateStoreHarness<S>): void {
  /** Opens an instance with a job that was due once, some minutes ago. */
  async function openLate(stage: Stage<S>, minutesAgo: number, options: Partial<JobOptions<S>> = {}) {
    const ran: (number | null)[] = []
    const schedule = once(T0 - minutesAgo * MINUTE)
    const scheduler = await stage.open((ctx) => void ran.push(ctx.scheduledFor), { schedule, ...options })
    return { scheduler, ran }
  }

  it.each<MisfirePolicy>(['run-latest', 'run-all'])(
    'runs a single instant that has passed when the job is first registered, by the policy %s',
    async (misfirePolicy) => {
      const stage = await openStage(createHarness)
      const { scheduler, ran } = await openLate(stage, 10, { misfirePolicy })
      expect(ran).toEqual([T0 - 10 * MINUTE])
      const ledger = await stage.ledger(scheduler)
      expect(ledger).toMatchObject([{ state: 'succeeded', scheduledFor: T0 - 10 * MINUTE, latenessMs: 10 * MINUTE }])
      expect((await stage.snapshot(scheduler)).scheduler.nextRunAt).toBeNull()
      await scheduler.close()
      const again = await openLate(stage, 10, { misfirePolicy })
      await stage.pass(2 * HOUR)
      expect(again.ran).toEqual([])
    },
  )

  it.each<[string, number, Partial<JobOptions<object>>]>([
    ['later than the grace, an hour where nothing else is said', 61, {}],
    ['later than its own grace', 10, { misfireGraceMs: 5 * MINUTE }],
    ['by the policy skip', 10, { misfirePolicy: 'skip' }],
  ])('tells as missed a single instant that has passed %s', async (_when, minutesAgo, options) => {
    const stage = await openStage(createHarness)
    const { scheduler, ran } = await openLate(stage, minutesAgo, options)
    expect(ran).toEqual([])
    const due = T0 - minutesAgo * MINUTE
    expect(await stage.ledger(scheduler)).toMatchObject([{ state: 'missed', scheduledFor: due, dueCount: 1 }])
    expect((await scheduler.explain('poll', due)).text).toContain('missed')
    expect((await stage.snapshot(scheduler)).totals.lifetime.missed).toBe(1)
  })

  it('runs a single instant that has passed of a job that joins later, too', async () => {
    const stage = await openStage(createHarness)
    const first = stage.instance({ jobs: [minutely<S>(() => {}, { name: 'other' })] })
    await first.open()
    await stage.pass(MINUTE)
    const { scheduler, ran } = await openLate(stage, 5)
    expect(ran).toEqual([T0 - 5 * MINUTE])
    expect((await scheduler.listRuns({ job: 'poll' })).items).toMatchObject([{ latenessMs: 6 * MINUTE }])
  })

  it('refuses to set a single instant that has passed, and changes nothing; what is set already may be set again', async () => {
    const stage = await openStage(createHarness)
    const ran: (number | null)[] = []
    const scheduler = await stage.open((ctx) => void ran.push(ctx.scheduledFor))
    for (const at of [T0, T0 - MINUTE]) {
      await expect(scheduler.configureJob('poll', { schedule: once(at) })).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
        details: {
          path: 'job.schedule.at',
          received: new Date(at).toISOString(),
          expected: 'an instant in the future',
        },
      })
    }
    expect((await scheduler.control()).version).toBe(0)
    await scheduler.configureJob('poll', { schedule: once(T0 + 90_000) })
    await stage.pass(3 * MINUTE)
    expect(ran).toEqual([T0 + 90_000])
    expect(await scheduler.configureJob('poll', { schedule: once(T0 + 90_000) })).toMatchObject({ changed: false })
  })

  it('refuses a single instant that has passed of a job that takes the place of another, too, and changes nothing', async () => {
    const stage = await openStage(createHarness)
    const ran: (number | null)[] = []
    const handler = (ctx: { readonly scheduledFor: number | null }) => void ran.push(ctx.scheduledFor)
    const template = defineJobTemplate<S, { to: string }>({
      name: 'mail',
      params: z.object({ to: z.string() }),
      handler,
    })
    const scheduler = stage.instance({
      jobs: [{ name: 'poll', schedule: every({ hours: 1 }), handler }],
      templates: [template],
    })
    await scheduler.open()
    const at = T0 + MINUTE
    await scheduler.createJobs([{ template: 'mail', name: 'mail:ada', schedule: once(at), params: { to: 'ada' } }])
    await scheduler.replaceJob({ name: 'poll', schedule: once(at), handler })
    await stage.pass(2 * MINUTE)
    expect(ran).toEqual([at, at])

    const refusal = (path: string) => ({
      code: 'INVALID_OPTIONS',
      details: { path, expected: 'an instant in the future' },
    })
    const replaced = scheduler.replaceJob({ name: 'poll', schedule: once(T0), handler })
    await expect(replaced).rejects.toMatchObject(refusal('job.schedule.at'))
    const updated = scheduler.updateJobs([{ name: 'mail:ada', schedule: once(T0) }])
    await expect(updated).rejects.toMatchObject(refusal('jobs[0].schedule.at'))
    for (const { name, schedule } of (await stage.snapshot(scheduler)).jobs)
      expect([name, schedule]).toEqual([name, once(at)])
    // What is set already may stay.
    await scheduler.replaceJob({ name: 'poll', schedule: once(at), handler, description: 'as it was' })
    await scheduler.updateJobs([{ name: 'mail:ada', params: { to: 'bob' } }])
  })
}
