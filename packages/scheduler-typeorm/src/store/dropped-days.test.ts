import { randomBytes } from 'node:crypto'

import { createStallMeter } from '@pm/testlab'
import { expect, it } from 'vitest'

import { createPartitionLab, NOW } from '../../test/partition-lab.ts'
import { createTestBed } from '../../test/test-bed.ts'
import { dropExpired, findExpired } from '../migrations/partitions.ts'
import { DAY_MS, dayOf } from '../sql/partitions.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

const OLD = NOW - 20 * DAY_MS
/** A lock on `settled` is waited for 100 ms; the rest allows for a slow machine. */
const LONGEST_WAIT_MS = 300

it('drops the days that are over, and keeps the others and all that is counted', async () => {
  const lab = await createPartitionLab(dataSource)
  await lab.makeAround(OLD)
  await lab.settle(await lab.claim(5), OLD)
  await lab.settle(await lab.claim(4), OLD + DAY_MS)
  await lab.settle(await lab.claim(3))
  const counted = await lab.counted()
  expect(await lab.prune()).toBe(9)
  expect(await lab.entries()).toHaveLength(3)
  expect(await lab.counted()).toEqual(counted)
  expect(await lab.prune()).toBe(0)
  expect((await lab.days()).filter((day) => day <= dayOf(NOW - 4 * DAY_MS).table)).toEqual([])
})

it('keeps a day until its last outcome is old enough', async () => {
  const lab = await createPartitionLab(dataSource)
  const midnight = dayOf(OLD).start
  await lab.makeAround(OLD)
  await lab.settle(await lab.claim(1), midnight)
  await lab.settle(await lab.claim(1), midnight + DAY_MS - 1)
  const keepMs = 3 * DAY_MS
  expect(await lab.prune({ keepMs, now: midnight + DAY_MS - 1 + keepMs })).toBe(0)
  expect(await lab.entries()).toHaveLength(2)
  expect(await lab.prune({ keepMs, now: midnight + DAY_MS + keepMs })).toBe(2)
})

it('drops a day only when no scheduler needs it: each has a retention of its own', async () => {
  const lab = await createPartitionLab(dataSource)
  const day = dayOf(OLD).table
  await lab.register(NOW, 'other')
  await lab.makeAround(OLD)
  await lab.settle(await lab.claim(3), OLD)
  await lab.settle(await lab.claim(2, 'other'), OLD, 'other')
  expect(await lab.prune({ limit: 2 })).toBe(2)
  expect(await lab.prune({ limit: 2 })).toBe(1)
  expect(await lab.prune({ limit: 2 })).toBe(0)
  expect(await lab.days()).toContain(day)
  expect(await lab.entries('other')).toHaveLength(2)
  expect(await lab.prune({ scheduler: 'other', keepMs: 60 * DAY_MS })).toBe(0)
  expect(await lab.entries('other')).toHaveLength(2)
  expect(await lab.prune({ scheduler: 'other' })).toBe(2)
  expect(await lab.days()).not.toContain(day)
})

it('deletes row by row what a role that may make and drop nothing owns no table of, and fails at nothing', async () => {
  const lab = await createPartitionLab(dataSource)
  await lab.makeAround(OLD)
  const role = `r_${randomBytes(6).toString('hex')}`
  await dataSource.query(
    `CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${lab.schema} TO ${role};
     GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${lab.schema} TO ${role};
     GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${lab.schema} TO ${role}; DROP TABLE ${lab.schema}.${dayOf(NOW).table}`,
  )
  const failed: string[] = []
  const logger = { logQuery() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} }
  const logQueryError = (error: string | Error) => void failed.push(String(error))
  const settings = {
    extra: { max: 5, options: `-c role=${role}` },
    logging: true,
    logger: { ...logger, logQueryError },
  }
  const humble = lab.through(await bed.open({ settings }))
  const days = await lab.days()
  await humble.register()
  await humble.settle(await humble.claim(5), OLD)
  await humble.settle(await humble.claim(2), OLD - 30 * DAY_MS)
  await humble.settle(await humble.claim(3))
  expect([
    await humble.prune({ limit: 4 }),
    await humble.prune({ limit: 4 }),
    await humble.prune({ limit: 4 }),
  ]).toEqual([4, 3, 0])
  expect(await humble.entries()).toHaveLength(3)
  expect(await lab.rowsIn('settled_default')).toBe(3)
  expect(await lab.days()).toEqual(days)
  expect(failed).toEqual([])
  await lab.prune()
  expect(await lab.rowsIn('settled_default')).toBe(0)
  expect(await lab.entries()).toHaveLength(3)
})

it('lets many pruners come at once: each outcome is deleted once, each day is made once', async () => {
  const lab = await createPartitionLab(dataSource)
  const ready = await lab.days()
  await lab.makeAround(OLD)
  for (let day = 0; day < 5; day++) await lab.settle(await lab.claim(20), OLD + day * DAY_MS)
  await lab.settle(await lab.claim(50), OLD - 30 * DAY_MS)
  await lab.settle(await lab.claim(7))
  await dataSource.query(
    `DROP TABLE ${ready
      .slice(-4)
      .map((day) => `${lab.schema}.${day}`)
      .join()}`,
  )
  let deleted = 0
  for (let round = 0; round < 20 && deleted < 150; round++) {
    for (const count of await Promise.all(Array.from({ length: 8 }, () => lab.prune({ limit: 20 })))) deleted += count
  }
  expect(deleted).toBe(150)
  expect(await lab.entries()).toHaveLength(7)
  await Promise.all(Array.from({ length: 8 }, () => lab.prune()))
  await lab.prune()
  expect(await lab.days()).toEqual(ready)
})

it('waits no longer than a moment for a long reader, so that nobody else waits longer', async () => {
  const lab = await createPartitionLab(dataSource)
  const day = dayOf(OLD).table
  await lab.makeAround(OLD)
  await lab.settle(await lab.claim(50), OLD)
  const reader = dataSource.createQueryRunner()
  await reader.startTransaction('REPEATABLE READ')
  await reader.query(`SELECT count(*) FROM ${lab.names.settled}`)
  let reading = true
  const pruning = (async () => {
    while (reading) await lab.prune({ limit: 1 })
  })()
  const meter = createStallMeter()
  const waits: number[] = []
  for (let round = 0; round < 20; round++) {
    const [began, stalledBefore] = [performance.now(), meter.totalMs]
    const runs = await lab.claim(5)
    const claimed = performance.now()
    expect(await lab.settle(runs)).toEqual(Array(5).fill('settled'))
    waits.push(claimed - began, performance.now() - claimed - (meter.totalMs - stalledBefore))
  }
  meter.stop()
  reading = false
  await pruning
  expect(Math.max(...waits)).toBeLessThan(LONGEST_WAIT_MS)
  expect(await lab.days()).toContain(day)
  await reader.rollbackTransaction()
  await reader.release()
  expect(await lab.prune()).toBeGreaterThan(0)
  expect(await lab.days()).not.toContain(day)
})

it('drops empty days after everything else, since everybody who writes waits from then on', async () => {
  const sent: string[] = []
  const silent = { logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} }
  const logger = { ...silent, logQuery: (query: string) => void sent.push(query) }
  const lab = await createPartitionLab(await bed.open({ settings: { logging: true, logger } }))
  await lab.makeAround(OLD)
  await lab.settle(await lab.claim(2), OLD - 30 * DAY_MS)
  sent.length = 0
  expect(await lab.prune()).toBe(2)
  const first = sent.findIndex((query) => query.startsWith('LOCK TABLE'))
  expect(sent.slice(first).some((query) => query.startsWith('DROP TABLE'))).toBe(true)
  expect(sent.slice(first).filter((query) => /DELETE|INSERT|CREATE/.test(query))).toEqual([])
  expect(await lab.days()).not.toContain(dayOf(OLD).table)
})

it('keeps a day into which another scheduler settles after it was counted', async () => {
  const lab = await createPartitionLab(dataSource)
  await lab.makeAround(OLD)
  await lab.register(NOW, 'other')
  const late = await lab.claim(1, 'other')
  await dataSource.transaction(async (session) => {
    const days = await findExpired(session, lab.names, { scheduler: 'mine', before: NOW - 3 * DAY_MS })
    await lab.settle(late, OLD, 'other')
    expect(await dropExpired(session, lab.names, { scheduler: 'mine', days })).toBe(0)
  })
  expect(await lab.days()).toEqual(expect.arrayContaining([dayOf(OLD).table]))
  expect(await lab.entries('other')).toHaveLength(1)
})
