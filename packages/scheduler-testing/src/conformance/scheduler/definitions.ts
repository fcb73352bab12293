import {
  cron,
  type EpochMs,
  every,
  excludeDates,
  type JobOptions,
  type Schedule,
  type Scheduler,
} from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, HOUR, MINUTE, minutely, openStage, runs, SECOND, type Stage, T0, WATCH } from './stage.ts'

const LEASE = 15 * SECOND

/** What the code says of a job changes from one deployment to the next; what nobody had defined was not due. */
export function followsDeployments<S extends object>(createHarness: CreateStoreHarness<S>): void {
  const nightly = cron('0 3 * * *', { timezone: 'UTC' })
  const monthly = cron('0 0 1 * *', { timezone: 'UTC' })

  it('a schedule that the code has changed counts from when it takes effect: the old one is accounted for up to then', async () => {
    const stage = await openStage(createHarness)
    await stage.life([job('poll', nightly)], HOUR + MINUTE)
    await stage.clock.advance(11 * HOUR - MINUTE)
    const scheduler = await stage.begin([job('poll', every({ minutes: 1 }))])
    await stage.pass(3 * MINUTE)
    expect(await audited(scheduler, stage)).toMatchObject({ expected: 4, started: 4, missed: 0, notDefined: [] })
    expect((await stage.snapshot(scheduler)).jobs[0]?.tallies.lifetime).toMatchObject({ succeeded: 4, missed: 0 })
    expect(await explained(scheduler, T0 + HOUR)).toMatchObject({ kind: 'recorded' })
    expect(await explained(scheduler, T0 + 5 * HOUR)).toMatchObject({ kind: 'not-due' })
  })

  it('a downtime before the change is missed by the old schedule, not by the new one', async () => {
    const stage = await openStage(createHarness)
    await stage.life([job('poll', nightly)], MINUTE)
    await stage.clock.advance(12 * HOUR - MINUTE)
    const scheduler = await stage.begin([job('poll', every({ minutes: 1 }))])
    await stage.pass(MINUTE)
    expect(await audited(scheduler, stage)).toMatchObject({ expected: 2, started: 1, missed: 1 })
  })

  it('monthly that becomes every second invents no miss', async () => {
    const stage = await openStage(createHarness)
    await stage.life([job('poll', monthly)], SECOND)
    await stage.clock.advance(14 * 24 * HOUR)
    const scheduler = await stage.begin([job('poll', every({ seconds: 1 }))])
    await stage.pass(2 * SECOND)
    expect(await audited(scheduler, stage)).toMatchObject({ expected: 2, started: 2, missed: 0 })
  })

  it('a restart with the same definitions changes nothing: what fell into the downtime is missed', async () => {
    const stage = await openStage(createHarness)
    await stage.life([minutely(() => {})], 2 * MINUTE)
    await stage.clock.advance(10 * MINUTE)
    const scheduler = await stage.begin([minutely(() => {})])
    await stage.pass(MINUTE)
    expect(await audited(scheduler, stage)).toMatchObject({ started: 4, missed: 9, notDefined: [] })
    expect(await stage.definitions(scheduler)).toHaveLength(1)
  })

  it('a job that leaves the code is not defined until it comes back, also while others run', async () => {
    const stage = await openStage(createHarness)
    const other = job('other', every({ hours: 1 }))
    await stage.life([minutely(() => {}), other], 2 * MINUTE)
    const without = await stage.begin([other])
    const left = stage.clock.now()
    await stage.pass(10 * MINUTE)
    expect((await stage.snapshot(without)).retired).toMatchObject([{ name: 'poll', retiredAt: left }])
    expect(await explained(without, left + 3 * MINUTE)).toMatchObject({ kind: 'not-defined', from: left, to: null })
    const back = await stage.begin([minutely(() => {}), other])
    const returned = stage.clock.now()
    await stage.pass(2 * MINUTE)
    const audit = await audited(back, stage)
    expect(audit).toMatchObject({ expected: 4, started: 4, missed: 0 })
    expect(audit.notDefined).toEqual([{ from: left + 1, to: returned + 1 }])
    expect(await explained(back, left + 3 * MINUTE)).toMatchObject({ kind: 'not-defined', from: left, to: returned })
    expect((await stage.snapshot(back)).retired).toEqual([])
  })

  it('a job that is added counts from its first opening, beside instances without it', async () => {
    const stage = await openStage(createHarness)
    const old = await stage.begin([job('other', every({ hours: 1 }))])
    await stage.pass(5 * MINUTE)
    const next = await stage.begin([minutely(() => {}), job('other', every({ hours: 1 }))])
    await stage.pass(2 * MINUTE)
    expect(await audited(next, stage)).toMatchObject({ expected: 2, started: 2 })
    // The instance without it knows it too, and leaves it alone.
    await stage.pass(30 * SECOND)
    expect((await stage.snapshot(old)).jobs.map(({ name }) => name)).toEqual(['other', 'poll'])
    expect(await audited(old, stage)).toMatchObject({ started: 2 })
  })

  it('a job whose only instance died is not defined from its last heartbeat on, once another instance is there', async () => {
    const stage = await openStage(createHarness)
    const other = job('other', every({ hours: 1 }))
    const beside = await stage.begin([other])
    const dying = stage.mortal([minutely(() => {}), other])
    await dying.open()
    await stage.pass(MINUTE + SECOND)
    dying.kill()
    const died = stage.clock.now()
    await stage.pass(5 * MINUTE)
    const { retired } = await stage.snapshot(beside)
    expect(retired).toMatchObject([{ name: 'poll', tallies: { lifetime: { succeeded: 1 } } }])
    const at = retired[0]?.retiredAt
    expect(at).toBeLessThanOrEqual(died)
    expect(at).toBeGreaterThan(died - LEASE)
    const back = await stage.begin([minutely(() => {}), other])
    await stage.pass(MINUTE)
    expect(await audited(back, stage)).toMatchObject({ expected: 2, started: 2, missed: 0 })
  })

  it('what an instance decided after its last heartbeat was defined, when it dies before the next one', async () => {
    const stage = await openStage(createHarness)
    const other = job('other', every({ hours: 1 }))
    const beside = await stage.begin([other])
    const dying = stage.mortal([minutely(() => {}), other])
    // Its heartbeats come each five seconds, and none at the full minute.
    await stage.pass(2 * SECOND)
    await dying.open()
    await stage.pass(2 * MINUTE - 2 * SECOND)
    dying.kill()
    const died = stage.clock.now()
    await stage.pass(5 * MINUTE)
    expect((await stage.snapshot(beside)).retired).toMatchObject([{ name: 'poll', retiredAt: died }])
    expect(await audited(beside, stage)).toMatchObject({ expected: 2, started: 2, missed: 0, offSchedule: 0 })
  })

  it('of two versions that run beside each other the newer holds, in the order in which they open and close', async () => {
    const stage = await openStage(createHarness)
    const v1 = await stage.begin([job('poll', every({ minutes: 1 }))])
    await stage.pass(2 * MINUTE + SECOND)
    const v2 = await stage.begin([job('poll', every({ minutes: 2 }))])
    await stage.pass(4 * MINUTE)
    // Both act on the same definition.
    for (const one of [v1, v2]) expect((await stage.snapshot(one)).jobs[0]?.schedule).toEqual(every({ minutes: 2 }))
    expect(fates(await stage.ledger(v1))).toEqual(['1 succeeded', '2 succeeded', '4 succeeded', '6 succeeded'])
    await stage.end(v1)
    const again = await stage.begin([job('poll', every({ minutes: 1 }))])
    await stage.pass(2 * MINUTE)
    expect(fates(await stage.ledger(again)).slice(4)).toEqual(['8 succeeded'])
    // A rollback: the last instance of the newer version goes.
    await stage.end(v2)
    await stage.pass(2 * MINUTE)
    expect((await stage.snapshot(again)).jobs[0]?.schedule).toEqual(every({ minutes: 1 }))
    expect(fates(await stage.ledger(again)).slice(5)).toEqual(['9 succeeded', '10 succeeded'])
    expect(await stage.definitions(again)).toHaveLength(3)
  })

  it('a newer version that came and went between two looks of the older one gives way within a lease and a watch', async () => {
    const stage = await openStage(createHarness)
    const older = await stage.begin([job('poll', every({ minutes: 1 }))])
    await stage.pass(3 * LEASE + SECOND)
    await stage.life([job('poll', every({ minutes: 2 }))], SECOND)
    const left = stage.clock.now()
    await stage.pass(LEASE + WATCH)
    expect((await stage.snapshot(older)).jobs[0]?.schedule).toEqual(every({ minutes: 1 }))
    const [first, second, third, ...more] = await stage.definitions(older)
    expect(more).toEqual([])
    expect(third).toMatchObject({ key: first?.key, since: second?.until, until: null })
    expect(third?.since).toBeGreaterThanOrEqual(left)
    await stage.pass(2 * MINUTE)
    expect(fates(await stage.ledger(older)).slice(-2)).toEqual(['2 succeeded', '3 succeeded'])
  })

  it('a told deployment decides as a whole, also when it goes back to what was before', async () => {
    const stage = await openStage(createHarness)
    const r1 = await stage.begin([job('poll', every({ minutes: 1 }))], 'r1')
    await stage.pass(MINUTE)
    const r2 = await stage.begin([job('poll', every({ minutes: 2 }))], 'r2')
    await stage.pass(MINUTE)
    // What r3 has was seen before under another name: it is a new deployment, and holds at once.
    const r3 = await stage.begin([job('poll', every({ minutes: 1 }))], 'r3')
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(r3))).toEqual(['1 succeeded', '2 succeeded', '3 succeeded'])
    for (const one of [r1, r2, r3]) expect((await stage.snapshot(one)).jobs[0]?.schedule).toEqual(every({ minutes: 1 }))
    // Flags within one deployment: the first to appear stays.
    const flagged = await stage.begin([job('poll', every({ minutes: 5 }))], 'r3')
    await stage.pass(MINUTE)
    expect((await stage.snapshot(flagged)).jobs[0]?.schedule).toEqual(every({ minutes: 1 }))
    expect(await stage.definitions(flagged)).toHaveLength(3)
  })

  it('an instance that lacks a calendar of the definition in effect leaves the job alone', async () => {
    const stage = await openStage(createHarness)
    const ran: string[] = []
    const holidays = excludeDates({ name: 'holidays', timezone: 'UTC', dates: ['2025-12-25'] })
    const old = await stage.begin([minutely<S>(() => void ran.push('old'))])
    await stage.pass(MINUTE)
    const next = await stage.begin([minutely<S>(() => void ran.push('next'), { exclude: [holidays] })])
    await stage.pass(3 * MINUTE)
    expect(ran).toEqual(['old', 'next', 'next', 'next'])
    await stage.end(next)
    await stage.pass(MINUTE)
    expect(ran.at(-1)).toBe('old')
    expect(await audited(old, stage)).toMatchObject({ started: 5, missed: 0 })
  })

  it('an instance without a job leaves its orphan to one that has it, which runs it again', async () => {
    const stage = await openStage(createHarness)
    const ran: number[] = []
    const b: JobOptions<S> = {
      ...minutely<S>(({ attempt }) => {
        ran.push(attempt)
        return attempt === 1 ? new Promise(() => {}) : undefined
      }),
      name: 'b',
      schedule: every({ minutes: 30 }),
      onOrphan: 'rerun',
      retry: { maxAttempts: 2 },
    }
    const other = job<S>('other', every({ hours: 1 }))
    const dying = stage.mortal([other, b])
    await dying.open()
    await stage.pass(30 * MINUTE + SECOND)
    dying.kill()
    const v1 = await stage.begin([other])
    await stage.pass(5 * MINUTE)
    const open = (await stage.ledger(v1)).filter((entry) => entry.job === 'b' && entry.state === 'running')
    expect(open).toHaveLength(1)
    expect(ran).toEqual([1])
    const v2 = await stage.begin([other, b])
    await stage.pass(MINUTE)
    expect(ran).toEqual([1, 2])
    const states = runs(await stage.ledger(v2))
      .filter((run) => run.job === 'b')
      .map(({ state }) => state)
    expect(states.sort()).toEqual(['orphaned', 'succeeded'])
  })

  it('a pause that ends on an instance without the job leaves its due times suppressed', async () => {
    const stage = await openStage(createHarness)
    const other = job<S>('other', every({ hours: 1 }))
    const beside = await stage.begin([other])
    const having = await stage.begin([minutely(() => {}), other])
    await stage.pass(MINUTE)
    await beside.pause()
    await stage.pass(5 * MINUTE)
    await beside.resume()
    await stage.pass(MINUTE)
    expect(await audited(having, stage)).toMatchObject({ started: 2, suppressed: 5, missed: 0 })
  })

  it('what is counted of all jobs is the sum over those that are defined and the retired ones', async () => {
    const stage = await openStage(createHarness)
    await stage.life([minutely(() => {}), job('old', every({ minutes: 1 }))], 3 * MINUTE)
    const scheduler = await stage.begin([minutely(() => {})])
    await stage.pass(2 * MINUTE)
    const { jobs, retired, totals, counts } = await stage.snapshot(scheduler)
    const sum = [...jobs, ...retired].reduce((all, { tallies }) => all + tallies.lifetime.succeeded, 0)
    expect(sum).toBe(totals.lifetime.succeeded)
    expect(retired.map(({ name, tallies }) => [name, tallies.lifetime.succeeded])).toEqual([['old', 3]])
    expect(counts).toMatchObject({ jobs: 1, jobsRetired: 1 })
    // Its past stays readable by name.
    expect(await scheduler.audit({ job: 'old', from: T0, to: stage.clock.now() })).toMatchObject([{ started: 3 }])
    expect((await scheduler.listRuns({ job: 'old' })).items).toHaveLength(3)
  })
}

export function job<S>(name: string, schedule: Schedule): JobOptions<S> {
  return { name, schedule, handler: () => {} }
}

async function audited<S extends object>(scheduler: Scheduler, stage: Stage<S>) {
  const [audit] = await scheduler.audit({ job: 'poll', from: T0 - HOUR, to: stage.clock.now() + 1 })
  if (!audit) throw new Error('There is no such audit.')
  return audit
}

function explained(scheduler: Scheduler, at: EpochMs) {
  return scheduler.explain('poll', at)
}
