import { createMemoryBackend, type MemorySession } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { fates, HOUR, MINUTE, minutely, openStage, SECOND, T0 } from '../src/conformance/scheduler/stage.ts'
import { createManualClock } from '../src/manual-clock.ts'

/** The bars that need large numbers, on the store that costs nothing. */
const DAY = 24 * HOUR
const everySecond = { schedule: { kind: 'every', periodMs: SECOND, anchorAt: 0 } } as const
const stageInMemory = () => openStage<MemorySession>(async () => ({ ...createMemoryBackend(), close: async () => {} }))

it('runs 10,000 due times once each and none early, on a host whose timers all fire early', async () => {
  const stage = await stageInMemory()
  const clock = createManualClock({ startAt: T0, earlyMs: 5 })
  const ran: (number | null)[] = []
  let early = 0
  const job = minutely<MemorySession>(({ scheduledFor }) => {
    ran.push(scheduledFor)
    if (clock.now() < (scheduledFor ?? 0)) early++
  }, everySecond)
  await stage.instance({ jobs: [job] }, clock).open()
  while (ran.length < 10_000) await clock.advance(MINUTE)
  expect(early).toBe(0)
  expect(ran).toEqual(ran.map((_, index) => T0 + (index + 1) * SECOND))
}, 120_000)

it('shares 10,000 due times among five instances: none is run twice, and none is missing', async () => {
  const stage = await stageInMemory()
  const ran = new Map<string, number>()
  const ranOn = [0, 0, 0, 0, 0]
  for (const instance of ranOn.keys()) {
    const jobs = Array.from({ length: 20 }, (_, index) => ({
      ...minutely<MemorySession>(({ job, scheduledFor }) => {
        const occurrence = `${job} ${scheduledFor}`
        ran.set(occurrence, (ran.get(occurrence) ?? 0) + 1)
        ranOn[instance] = (ranOn[instance] ?? 0) + 1
      }, everySecond),
      name: `poll-${index}`,
    }))
    await stage.instance({ jobs }).open()
  }
  for (let second = 0; second < 500; second++) await stage.clock.advance(SECOND)
  expect(ran.size).toBe(10_000)
  expect([...ran.values()].every((times) => times === 1)).toBe(true)
}, 120_000)

it('waits 400 days for an instant, longer than any timer can, and runs it once', async () => {
  const stage = await stageInMemory()
  const at = T0 + 400 * DAY
  const ran: number[] = []
  const scheduler = await stage.open(() => void ran.push(stage.clock.now()), { schedule: { kind: 'once', at } })
  for (let day = 0; day < 399; day++) {
    stage.clock.stall(DAY - MINUTE)
    await stage.pass(MINUTE)
  }
  await stage.pass(MINUTE)
  expect(ran).toEqual([])
  stage.clock.stall(at - stage.clock.now() - SECOND)
  await stage.pass(HOUR)
  expect(ran).toEqual([at])
  expect(fates(await stage.ledger(scheduler))).toHaveLength(1)
}, 120_000)

it('takes a jump of ten years in one step: at most one row more, and less than 50 ms', async () => {
  const stage = await stageInMemory()
  const scheduler = await stage.open(() => {}, everySecond)
  await stage.pass(10 * SECOND)
  const tookMs: number[] = []
  for (let jump = 0; jump < 5; jump++) {
    const before = (await stage.ledger(scheduler)).length
    const spent = process.cpuUsage()
    stage.clock.jumpWall(3_652 * DAY)
    await stage.pass(0)
    await stage.pass(SECOND)
    const { user, system } = process.cpuUsage(spent)
    const rows = (await stage.ledger(scheduler)).length - before
    // The due time that it comes to is run, and all that it passed over is one range.
    expect(rows).toBeLessThanOrEqual(2)
    tookMs.push((user + system) / 1_000)
  }
  // Compiling and collecting garbage, for the tests before this one too, only ever add to it.
  expect(Math.min(...tookMs)).toBeLessThan(50)
})
