import { cron, every, type Schedule, type Scheduler } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createRandom } from '../../faults/random.ts'
import { createManualClock } from '../../manual-clock.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { HOUR, MINUTE, minutely, openStage, SECOND, type Stage, T0 } from './stage.ts'

const MINUTELY: readonly [string, Schedule][] = [
  ['an interval', every({ minutes: 1 })],
  ['a cron pattern', cron('* * * * *')],
]

/** A clock is hours ahead for some minutes, and is then set right. */
export function returnsToTheTime<S extends object>(createHarness: CreateStoreHarness<S>): void {
  /** A stage whose ledger counts due times that come again: its audit finds them accounted for twice. */
  async function openWrongStage() {
    const stage = await openStage(createHarness)
    stage.tampered = true
    return stage
  }

  function told(stage: Stage<S>, scheduler: Scheduler) {
    return stage.snapshot(scheduler).then(({ scheduler: { reasons, nextRunAt } }) => ({ reasons, nextRunAt }))
  }

  it.each(MINUTELY)('%s returns to its due times, says why, and tells the true next run', async (_name, schedule) => {
    const stage = await openWrongStage()
    const ran: number[] = []
    const scheduler = await stage.open((ctx) => void ran.push(ctx.scheduledFor ?? 0), { schedule })
    await stage.pass(2.5 * MINUTE)
    expect(ran).toEqual([T0 + MINUTE, T0 + 2 * MINUTE])
    stage.clock.jumpWall(5 * HOUR)
    await stage.pass(3 * MINUTE)
    const inTheWrongTime = ran.splice(2)
    expect(inTheWrongTime.length).toBeGreaterThanOrEqual(3)
    stage.clock.jumpWall(-5 * HOUR)
    // It looks at least each half minute. The due time of the last minute has not run: it is still in time.
    await stage.pass(30 * SECOND)
    expect(await told(stage, scheduler)).toEqual({ reasons: ['CLOCK_SET_BACK'], nextRunAt: T0 + 7 * MINUTE })
    await stage.pass(3 * MINUTE)
    expect(ran.slice(2)).toEqual(
      [5, 6, 7, 8, 9].map((minute) => T0 + minute * MINUTE).filter((due) => ran.includes(due)),
    )
    expect(ran.slice(-3)).toEqual([7, 8, 9].map((minute) => T0 + minute * MINUTE))
    await stage.pass(10 * MINUTE)
    expect((await told(stage, scheduler)).reasons).toEqual([])
  })

  it.each(MINUTELY)('%s returns after a restart as well, and runs no due time twice', async (_name, schedule) => {
    const stage = await openWrongStage()
    const ran: number[] = []
    const open = () => stage.open((ctx) => void ran.push(ctx.scheduledFor ?? 0), { schedule })
    const before = await open()
    await stage.pass(MINUTE)
    stage.clock.jumpWall(30 * MINUTE)
    await stage.pass(90 * SECOND)
    await before.close()
    stage.clock.jumpWall(-30 * MINUTE)
    const after = await open()
    expect(await told(stage, after)).toMatchObject({ reasons: ['CLOCK_SET_BACK'], nextRunAt: T0 + 3 * MINUTE })
    // Beyond what ran under the wrong time, too.
    await stage.pass(35 * MINUTE)
    expect(new Set(ran).size).toBe(ran.length)
    const right = [...ran].filter((due) => due > T0 + 2 * MINUTE).sort((a, b) => a - b)
    expect(right).toEqual(Array.from({ length: 35 }, (_, at) => T0 + (3 + at) * MINUTE))
  })

  it.each(MINUTELY)(
    '%s goes on where the clock is right, beside an instance whose clock is not',
    async (_name, schedule) => {
      const stage = await openWrongStage()
      const ran: number[] = []
      const here: number[] = []
      const wrong = createManualClock({ startAt: T0 })
      const job = (of: number[]) =>
        minutely<S>((ctx) => void [ran, of].map((list) => list.push(ctx.scheduledFor ?? 0)), { schedule })
      await stage.instance({ jobs: [job([])] }, wrong).open()
      await stage.instance({ jobs: [job(here)] }).open()
      const pass = async (minutes: number) => {
        for (let half = 0; half < 2 * minutes; half++) {
          await stage.pass(30 * SECOND, wrong)
          await stage.pass(30 * SECOND)
        }
      }
      await pass(1)
      wrong.jumpWall(3 * HOUR)
      await pass(3)
      wrong.jumpWall(-3 * HOUR)
      await pass(4)
      expect(new Set(ran).size).toBe(ran.length)
      for (const minute of [6, 7, 8]) expect(ran).toContain(T0 + minute * MINUTE)
      expect(here.filter((due) => due > T0 + MINUTE && due <= T0 + 4 * MINUTE).length).toBeGreaterThanOrEqual(2)
    },
  )

  it('a cron pattern that was first known in the wrong time returns as well', async () => {
    const schedule = cron('* * * * *')
    const stage = await openWrongStage()
    const ran: number[] = []
    stage.clock.jumpWall(72 * HOUR)
    const scheduler = await stage.open((ctx) => void ran.push(ctx.scheduledFor ?? 0), { schedule })
    await stage.pass(90 * SECOND)
    expect(ran.splice(0)).toEqual([T0 + 72 * HOUR + MINUTE])
    stage.clock.jumpWall(-72 * HOUR)
    await stage.pass(30 * SECOND)
    expect(await told(stage, scheduler)).toEqual({ reasons: ['CLOCK_SET_BACK'], nextRunAt: T0 + 3 * MINUTE })
    await stage.pass(2 * MINUTE)
    expect(ran).toEqual([T0 + 3 * MINUTE, T0 + 4 * MINUTE])
    const [audit] = await scheduler.audit({ from: T0, to: stage.clock.now() + 1 })
    expect(audit).toMatchObject({ expected: 2, started: 2, unexplained: [], offSchedule: 0 })
  })

  it('takes up at once what a close released in the wrong time', async () => {
    const stage = await openWrongStage()
    const ran: number[] = []
    const fails = { retry: { maxAttempts: 2, backoffMs: 10 * MINUTE, maxBackoffMs: 10 * MINUTE } }
    const open = () =>
      stage.open(({ attempt }) => {
        ran.push(attempt)
        if (attempt === 1) throw new Error('no')
      }, fails)
    stage.clock.jumpWall(72 * HOUR)
    const before = await open()
    await stage.pass(MINUTE)
    await stage.end(before)
    stage.clock.jumpWall(-72 * HOUR)
    await open()
    await stage.pass(0)
    expect(ran).toEqual([1, 2])
  })

  it.each([1, 2, 3, 4])(
    'runs each due time once at most, and runs again a period after random jumps (%i)',
    async (seed) => {
      const random = createRandom(seed)
      const stage = await openWrongStage()
      const ran = new Map<string, number[]>(MINUTELY.map(([name]) => [name, []]))
      const jobs = MINUTELY.map(([name, schedule]) =>
        minutely<S>((ctx) => void ran.get(name)?.push(ctx.scheduledFor ?? 0), {
          name: name.replaceAll(' ', '_'),
          schedule,
        }),
      )
      let scheduler = stage.instance({ jobs })
      await scheduler.open()
      let off = 0
      for (let step = 0; step < 8; step++) {
        await stage.pass(Math.ceil(random() * 4 * MINUTE))
        const to = random() < 0.4 ? 0 : Math.round((random() * 2 - 0.5) * HOUR)
        stage.clock.jumpWall(to - off)
        off = to
        if (random() < 0.3) {
          await scheduler.close()
          scheduler = stage.instance({ jobs })
          await scheduler.open()
        }
      }
      stage.clock.jumpWall(-off)
      await stage.pass(30 * SECOND)
      for (const dues of ran.values()) expect(new Set(dues).size).toBe(dues.length)
      const before = [...ran.values()].map((dues) => dues.length)
      await stage.pass(2 * MINUTE)
      for (const [at, dues] of [...ran.values()].entries()) {
        expect(new Set(dues).size).toBe(dues.length)
        expect(dues.length).toBeGreaterThan(before[at] ?? 0)
      }
    },
  )
}
