import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

export function backfills<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('runs what was missed, one after the other, each once however often it is asked for', async () => {
    const stage = await openStage(createHarness)
    const ran: (number | null)[] = []
    let most = 0
    let going = 0
    const scheduler = await openAfterABreak(stage, async (ctx) => {
      most = Math.max(most, ++going)
      ran.push(ctx.scheduledFor)
      await Promise.resolve()
      going--
    })
    const range = { from: T0 + 1, to: T0 + 5 * MINUTE }
    const left = { succeeded: 0, running: 0, backfilled: 0, excluded: 0, undecided: 0 }
    const planned = { dueTimes: [1, 2, 3, 4].map((minute) => T0 + minute * MINUTE), queued: 4, left }
    expect(await scheduler.previewBackfill('poll', range)).toEqual(planned)
    expect((await scheduler.listLog()).items).toHaveLength(0)
    expect(await scheduler.backfillJob('poll', { ...range, by: 'ada', why: 'outage' })).toMatchObject({
      queued: 4,
      changed: true,
      control: { version: 1 },
    })
    await stage.pass(SECOND)
    expect(await scheduler.backfillJob('poll', range)).toMatchObject({ queued: 4 })
    await stage.pass(SECOND)

    const again = { dueTimes: [], queued: 4, left: { ...left, backfilled: 4 } }
    expect(await scheduler.previewBackfill('poll', range)).toEqual(again)
    expect(ran).toEqual([5, 1, 2, 3, 4].map((minute) => T0 + minute * MINUTE))
    expect(most).toBe(1)
    const made = runs(await stage.ledger(scheduler)).filter((run) => run.trigger === 'backfill')
    expect(made.map(({ state, latenessMs }) => [state, latenessMs])).toEqual(Array(4).fill(['succeeded', null]))
    const [, asked] = (await scheduler.listLog()).items
    expect(asked).toMatchObject({ kind: 'backfill', job: 'poll', by: 'ada' })
    expect(asked?.why).toBe('2025-09-16T02:00:00.001Z to 2025-09-16T02:05:00.000Z: outage')
    const [audit] = await scheduler.audit({ from: T0, to: T0 + HOUR })
    expect(audit).toMatchObject({ started: 1, missed: 4, backfilled: 4, unexplained: [] })
    expect((await scheduler.explain('poll', T0 + MINUTE)).text).toContain('A backfill of it started at')
  })

  it('passes over what succeeded, and tries what failed', async () => {
    const stage = await openStage(createHarness)
    const ran: string[] = []
    const scheduler = await stage.open((ctx) => {
      ran.push(`${ctx.trigger} ${(Number(ctx.scheduledFor) - T0) / MINUTE}`)
      if (ctx.trigger === 'schedule' && ctx.scheduledFor === T0 + 2 * MINUTE) throw new Error('not today')
    })
    await stage.pass(3 * MINUTE)
    const planned = await scheduler.previewBackfill('poll', { from: T0 + 1, to: T0 + 3 * MINUTE })
    expect(planned).toMatchObject({ dueTimes: [T0 + 2 * MINUTE], queued: 2, left: { succeeded: 1 } })
    await scheduler.backfillJob('poll', { from: T0 + 1, to: T0 + 3 * MINUTE })
    await stage.pass(SECOND)
    expect(ran).toEqual(['schedule 1', 'schedule 2', 'schedule 3', 'backfill 2'])
  })

  it('waits while the job runs, is paused, or there is no room; a stop makes it forget', async () => {
    const stage = await openStage(createHarness)
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let started = 0
    const scheduler = await openAfterABreak(stage, (ctx) =>
      ctx.trigger === 'backfill' ? gates[started++]?.promise : undefined,
    )
    await scheduler.pauseJob('poll')
    await scheduler.backfillJob('poll', { from: T0 + 1, to: T0 + 5 * MINUTE })
    await stage.pass(5 * SECOND)
    expect(started).toBe(0)
    await scheduler.resumeJob('poll')
    await stage.pass(SECOND)
    expect(started).toBe(1)
    gates[0]?.resolve()
    await stage.pass(0)
    expect(started).toBe(2)
    gates[1]?.resolve()
    await scheduler.stop()
    await stage.pass(SECOND)
    await scheduler.start()
    await stage.pass(5 * SECOND)
    expect(started).toBe(2)
    // Asked again it goes on with what nobody has run yet.
    await scheduler.backfillJob('poll', { from: T0 + 1, to: T0 + 5 * MINUTE })
    await stage.pass(5 * SECOND)
    expect(started).toBe(4)
  })

  it('is shared by two instances without running anything twice', async () => {
    const stage = await openStage(createHarness)
    const ran: (number | null)[] = []
    const handler = (ctx: { scheduledFor: number | null; trigger: string }) =>
      void (ctx.trigger === 'backfill' && ran.push(ctx.scheduledFor))
    const first = await openAfterABreak(stage, handler)
    const second = stage.instance({ jobs: [minutely<S>(handler)] })
    await second.open()
    const range = { from: T0 + 1, to: T0 + 5 * MINUTE }
    await Promise.all([first.backfillJob('poll', range), second.backfillJob('poll', range)])
    await stage.pass(10 * SECOND)
    expect(ran.sort()).toEqual([1, 2, 3, 4].map((minute) => T0 + minute * MINUTE))
  })

  it('refuses the future, too much at once, a job that is not there, and a scheduler that is stopped', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await openAfterABreak(stage, () => {})
    const invalid = { code: 'INVALID_OPTIONS' }
    await expect(scheduler.backfillJob('poll', { from: T0, to: T0 + 7 * MINUTE })).rejects.toMatchObject(invalid)
    await expect(scheduler.backfillJob('poll', { from: T0 - 17 * HOUR, to: T0 })).rejects.toMatchObject(invalid)
    await expect(scheduler.previewBackfill('poll', { from: T0, to: T0 + 7 * MINUTE })).rejects.toMatchObject(invalid)
    await expect(scheduler.previewBackfill('poll', { from: T0 - 17 * HOUR, to: T0 })).rejects.toMatchObject(invalid)
    await expect(scheduler.backfillJob('poll', { from: T0, to: T0 })).rejects.toMatchObject(invalid)
    await expect(scheduler.backfillJob('pol', { from: T0 - 1, to: T0 })).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
    })
    expect((await scheduler.listLog()).items).toEqual([])
    await scheduler.stop()
    const stopped = { code: 'SCHEDULER_NOT_RUNNING' }
    await expect(scheduler.backfillJob('poll', { from: T0 - 1, to: T0 })).rejects.toMatchObject(stopped)
  })
}

/** An instance that comes back after five minutes: it runs minute 5, and has missed minutes 1 to 4. */
async function openAfterABreak<S extends object>(stage: Stage<S>, handler: Parameters<Stage<S>['open']>[0]) {
  const before = await stage.open(() => {})
  await before.close()
  await stage.pass(5 * MINUTE)
  return stage.open(handler)
}
