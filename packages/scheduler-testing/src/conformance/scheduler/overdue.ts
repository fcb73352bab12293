import { cron, type Scheduler } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { askJobs, askStatuses } from './ask-statuses.ts'
import { HOUR, MINUTE, minutely, openStage, SECOND, type Stage, T0 } from './stage.ts'

/** What the services do between due times is of no matter here. */
const RARELY = { watchMs: HOUR, sweepMs: 5 * MINUTE, leaseMs: 5 * MINUTE }

const fails = () => {
  throw new Error('no')
}

/** Overdue is measured from due times that passed, and never guessed from those to come. */
export function measuresWhatIsOverdue<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('is overdue since the oldest due time without success, until any run succeeds', async () => {
    const stage = await openStage(createHarness)
    let isWell = true
    const scheduler = await stage.open(() => (isWell ? undefined : fails()))
    await stage.pass(1.5 * MINUTE)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 0, all: 0 })
    isWell = false
    await stage.pass(3 * MINUTE)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 150, all: 150 })
    isWell = true
    await scheduler.runJob('poll')
    await stage.pass(0)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 0, all: 0 })
  })

  it('is overdue since it was first known when it hangs from its first run, whatever that run makes skip', async () => {
    const stage = await openStage(createHarness)
    const hangs = () => new Promise<void>(() => {})
    const scheduler = await stage.open(hangs, { timeoutMs: null, with: RARELY })
    await stage.pass(MINUTE + 10 * SECOND)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 10, all: 10 })
    await stage.pass(62 * MINUTE)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 3_730, all: 3_730 })
    const [job] = (await stage.snapshot(scheduler)).jobs
    // A minute of grace, and an hour since it has no limit of time.
    expect(job).toMatchObject({ overdueAllowedMs: HOUR + MINUTE, conditions: ['overdue'] })
  })

  it('is excused by a pause for the due times in it alone, and has no such condition while it lasts', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(fails, { timeoutMs: 1_000, with: RARELY })
    await scheduler.pauseJob('poll')
    await stage.pass(10 * MINUTE)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 0, all: 0 })
    await scheduler.resumeJob('poll')
    await stage.pass(MINUTE)
    await scheduler.pause()
    await stage.pass(10 * MINUTE)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 600, all: 600 })
    expect((await stage.snapshot(scheduler)).jobs[0]?.conditions).toEqual(['failing'])
    await scheduler.resume()
    expect((await stage.snapshot(scheduler)).jobs[0]?.conditions).toEqual(['failing', 'overdue'])
  })

  it('is not excused by a stop, during which due times are missed', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {}, { with: RARELY })
    await stage.pass(MINUTE)
    await scheduler.stop()
    await stage.pass(5 * MINUTE)
    expect(await overdue(stage, scheduler)).toEqual({ seconds: 240, all: 240 })
  })

  it('is overdue while no process is there, as whoever looks at the store sees', async () => {
    const stage = await openStage(createHarness)
    const jobs = [minutely<S>(() => {}), { ...weekdays<S>(), exclude: [allButMidnight] }]
    const gone = stage.instance({ jobs })
    await gone.open()
    await stage.pass(MINUTE)
    await gone.close()
    await stage.pass(HOUR)
    expect(await overdue(stage, stage.instance({ jobs }))).toEqual({ seconds: 3_540, all: 3_540 })
  })

  it('is not overdue in a night in which nothing is due, nor on an excluded day', async () => {
    const stage = await openStage(createHarness)
    const holiday = { name: 'holidays', excludes: (at: number) => at < T0 + 24 * HOUR }
    const jobs = [weekdays<S>(), { ...weekdays<S>(), name: 'holiday', exclude: [holiday] }]
    const scheduler = stage.instance({ jobs })
    await scheduler.open()
    await stage.pass(0)
    await scheduler.close()
    const reader = stage.instance({ jobs })
    const both = async () => (await stage.snapshot(reader)).jobs.map(({ overdueMs }) => overdueMs / HOUR)
    // It is six o'clock, and nobody works before nine; then it is eleven at night, and nobody was there in the day.
    await stage.clock.advance(4 * HOUR)
    expect(await both()).toEqual([0, 0])
    await stage.clock.advance(17 * HOUR)
    expect(await both()).toEqual([14, 0])
  })

  it('tells it in every view but the two frozen ones', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(fails)
    await stage.pass(11 * MINUTE + 1)
    const statuses = await askStatuses(scheduler)
    expect(statuses['admin-v2']).toMatchObject({
      scheduler: { overdue_seconds: 600 },
      attention: { items: [{ name: 'poll', conditions: ['failing', 'overdue'], overdue_seconds: 600 }] },
    })
    expect(statuses['market-data-v2']).toMatchObject({ scheduler: { overdue_seconds: 600 } })
    expect(JSON.stringify([statuses['admin-v1'], statuses['market-data-v1']])).not.toContain('overdue')
    const { items } = await askJobs(scheduler)
    expect(items).toMatchObject([{ overdue_seconds: 600, overdue_allowed_seconds: 360 }])
  })
}

/** As the whole scheduler and its first job tell it. */
async function overdue<S extends object>(stage: Stage<S>, of: Scheduler) {
  const { scheduler, jobs } = await stage.snapshot(of)
  return { seconds: (jobs[0]?.overdueMs ?? 0) / SECOND, all: scheduler.overdueMs / SECOND }
}

const allButMidnight = { name: 'all but midnight', excludes: (at: number) => at % (24 * HOUR) !== 0 }

function weekdays<S>(handler: () => void = () => {}) {
  return { ...minutely<S>(handler), name: 'weekdays', schedule: cron('*/15 9-16 * * 1-5', { timezone: 'UTC' }) }
}
