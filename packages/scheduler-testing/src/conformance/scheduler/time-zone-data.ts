import { type CronSchedule, cron, every, type JobOptions } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { withClocksAhead } from './other-zone-data.ts'
import { HOUR, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0 } from './stage.ts'

const NEW = '2026c'
const OLD = '2024b'
/** 22:00 in New York is `T0`, by the new data. */
const NIGHTLY = cron('2,4,6 22 * * *', { timezone: 'America/New_York' })
/** The first of them. The others are two and four minutes later. */
const DUE = T0 + 2 * MINUTE
const DIFFERS = 'TIME_ZONE_DATA_DIFFERS'

/** Instances with different versions of the time zone data, which do not agree on a local time. */
export function zoneDataDiffers<S extends object>(createHarness: CreateStoreHarness<S>): void {
  const open = async (stage: Stage<S>, timeZoneData: string | null, jobs: readonly JobOptions<S>[]) => {
    stage.tampered = true
    const scheduler = stage.instance({ jobs, timeZoneData })
    await scheduler.open()
    await stage.pass(0)
    return scheduler
  }
  const job = (schedule: CronSchedule = NIGHTLY, log: string[] = [], who = ''): JobOptions<S> => {
    return { name: 'nightly', schedule, misfireGraceMs: HOUR, handler: () => void log.push(who) }
  }
  const dueTimes = async (stage: Stage<S>, scheduler: Awaited<ReturnType<typeof open>>) =>
    runs(await stage.ledger(scheduler)).map(({ scheduledFor }) => (Number(scheduledFor) - DUE) / MINUTE)

  it.each([
    ['earlier', MINUTE],
    ['later', -MINUTE],
  ])('only those with the newest run the jobs of time zones, where the others have them %s', async (_, ahead) => {
    const stage = await openStage(createHarness)
    const ran: string[] = []
    const old = await open(stage, OLD, [job(withClocksAhead(NIGHTLY, ahead), ran, 'old')])
    const fresh = await open(stage, NEW, [job(NIGHTLY, ran, 'new')])
    await stage.pass(4.5 * MINUTE)
    expect(await dueTimes(stage, fresh)).toEqual([0, 2])
    expect(ran).toEqual(['new', 'new'])
    for (const scheduler of [old, fresh]) {
      const { scheduler: reading, instances, counts } = await stage.snapshot(scheduler)
      expect(reading.reasons).toEqual([DIFFERS])
      expect(instances.map(({ timeZoneData }) => timeZoneData).sort()).toEqual([OLD, NEW])
      expect(counts.timeZoneDataVersions).toBe(2)
    }
    // Back with the old ones alone: somebody has to run them.
    await stage.end(fresh)
    await stage.pass(3 * MINUTE)
    expect(await dueTimes(stage, old)).toEqual([0, 2, 4 - ahead / MINUTE])
    expect((await stage.snapshot(old)).scheduler.reasons).toEqual([])
  })

  it('an old one takes over when the last new one has died', async () => {
    const stage = await openStage(createHarness)
    const ran: string[] = []
    const old = await open(stage, OLD, [job(NIGHTLY, ran, 'old')])
    const fresh = stage.mortal([job(NIGHTLY, ran, 'new')], { timeZoneData: NEW })
    await fresh.open()
    await stage.pass(MINUTE)
    fresh.kill()
    await stage.pass(2 * MINUTE)
    expect(await dueTimes(stage, old)).toEqual([0])
    expect(ran).toEqual(['old'])
  })

  it('an old one takes over when the last new one closes, while runs of that one still end', async () => {
    const stage = await openStage(createHarness)
    const ran: string[] = []
    const old = await open(stage, OLD, [job(NIGHTLY, ran, 'old')])
    const long = Promise.withResolvers<void>()
    const report = { name: 'report', schedule: every({ days: 365 }), timeoutMs: null, handler: () => long.promise }
    const fresh = await open(stage, NEW, [job(NIGHTLY, ran, 'new'), report])
    await fresh.runJob('report')
    await stage.pass(MINUTE)
    const closing = fresh.close({ graceMs: HOUR })
    await stage.pass(4 * MINUTE)
    expect(ran).toEqual(['old', 'old'])
    const nightly = runs(await stage.ledger(old)).filter((run) => run.job === 'nightly')
    expect(nightly.map(({ startedAt, scheduledFor }) => Number(startedAt) - Number(scheduledFor))).toEqual([0, 0])
    long.resolve()
    await stage.pass(SECOND)
    await closing
    const all = runs(await stage.ledger(old))
    expect(all.map((run) => run.state)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  it('unknown data count as the oldest, and two processes with unknown ones run a local time once', async () => {
    const stage = await openStage(createHarness)
    const unknown = await open(stage, null, [job(withClocksAhead(NIGHTLY, MINUTE))])
    const other = await open(stage, null, [job()])
    await stage.pass(2.5 * MINUTE)
    expect(await dueTimes(stage, unknown)).toEqual([-1])
    expect((await stage.snapshot(other)).scheduler.reasons).toEqual([])
    await open(stage, OLD, [job()])
    await stage.pass(2.5 * MINUTE)
    expect(await dueTimes(stage, unknown)).toEqual([-1, 2])
    expect((await stage.snapshot(other)).scheduler.reasons).toEqual([DIFFERS])
  })

  it('a local time that has run before the update is not run again after it, and is not overdue', async () => {
    const stage = await openStage(createHarness)
    const old = await open(stage, OLD, [job(withClocksAhead(NIGHTLY, MINUTE))])
    await stage.pass(1.5 * MINUTE)
    expect(await dueTimes(stage, old)).toEqual([-1])
    await stage.end(old)
    const fresh = await open(stage, NEW, [job()])
    expect((await stage.snapshot(fresh)).jobs).toMatchObject([{ nextRunAt: DUE + 2 * MINUTE }])
    await stage.pass(MINUTE)
    expect(await dueTimes(stage, fresh)).toEqual([-1])
    expect((await stage.snapshot(fresh)).jobs).toMatchObject([
      { overdueMs: 0, nextRunAt: DUE + 2 * MINUTE, conditions: [] },
    ])
    await stage.pass(2 * MINUTE)
    expect(await dueTimes(stage, fresh)).toEqual([-1, 2])
  })

  it('what needs no data, and what only old ones have, is run by each as ever', async () => {
    const stage = await openStage(createHarness)
    const utc = { ...job(cron('4 * * * *')), name: 'utc' }
    const old = await open(stage, OLD, [job(), utc, minutely<S>(() => {})])
    await open(stage, NEW, [utc, minutely<S>(() => {})])
    await stage.pass(5 * MINUTE)
    const ran = runs(await stage.ledger(old))
    expect(ran.filter((run) => run.job === 'nightly')).toHaveLength(2)
    expect(ran.filter((run) => run.job === 'utc')).toHaveLength(1)
    expect(ran.filter((run) => run.job === 'poll').length).toBeGreaterThan(3)
  })

  it('an old one refuses a backfill of a job that it leaves to others, and runs it on demand', async () => {
    const stage = await openStage(createHarness)
    const old = await open(stage, OLD, [job()])
    const fresh = await open(stage, NEW, [job()])
    const range = { from: T0 - HOUR, to: T0 }
    const { instances } = await stage.snapshot(fresh)
    const [able] = instances.filter(({ isCurrent }) => isCurrent)
    await expect(old.backfillJob('nightly', range)).rejects.toMatchObject({
      code: 'JOB_ELSEWHERE',
      details: { job: 'nightly', instances: able?.id },
    })
    await old.runJob('nightly')
    await stage.pass(MINUTE)
    expect(runs(await stage.ledger(old))).toMatchObject([{ trigger: 'manual', state: 'succeeded' }])
  })
}
