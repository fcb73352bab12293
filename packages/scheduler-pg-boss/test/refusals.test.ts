import { isSchedulerError, silentLogger } from '@pm/scheduler-core'
import { PgBoss } from 'pg-boss'
import PgBoss11 from 'pg-boss-11'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createPgBossEngine, type PgBossEngineOptions } from '../src/index.ts'
import { checkVersion } from '../src/open-boss.ts'
import { createEngineBed } from './engine-bed.ts'

const bed = await createEngineBed()
const use = { scheduler: 'refusals', logger: silentLogger }
const SECRET = 'hunter2-very-secret'

/** What `open` rejects with; a test that gets another error fails with that. */
async function refusalOf(options: PgBossEngineOptions) {
  const engine = createPgBossEngine(options)
  onTestFinished(() => engine.close())
  const error: unknown = await engine.open(use).then(
    () => new Error('It opened.'),
    (reason: unknown) => reason,
  )
  if (!isSchedulerError(error)) throw error
  return error
}

async function bossOf<B extends { start(): Promise<unknown>; stop(options: object): Promise<unknown> }>(boss: B) {
  onTestFinished(async () => {
    await boss.stop({ graceful: false })
  })
  await boss.start()
  return boss
}

describe('options', () => {
  it.each([
    {},
    null,
    { connection: 5 },
    { connection: '' },
    { connection: null },
    { boss: 'mine' },
    { boss: new PgBoss(bed.url), connection: bed.url },
    { connection: bed.url, schema: 'two words' },
    { connection: bed.url, schema: '' },
    { connection: bed.url, prefix: 'with a blank' },
    { connection: bed.url, prefix: 'x'.repeat(101) },
  ])('refuses wrong ones', (options) => {
    const make = () => createPgBossEngine(options as PgBossEngineOptions)
    expect(make).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
  })
})

describe('open', () => {
  it('refuses another major', () => {
    for (const version of ['11.1.2', '13.0.0', '120.0.0']) {
      expect(() => checkVersion(version)).toThrow(expect.objectContaining({ code: 'ENGINE_UNSUPPORTED' }))
    }
    for (const version of ['12.26.4', '12.99.0', null]) checkVersion(version)
  })

  it('refuses a boss of pg-boss 11 with its tables', async () => {
    const boss = await bossOf(new PgBoss11({ connectionString: bed.url, schema: 'boss_11', schedule: false }))
    boss.on('error', () => {})
    const { code, details } = await refusalOf({ boss: boss as never, schema: 'boss_11' })
    expect([code, details]).toEqual([
      'ENGINE_UNSUPPORTED',
      { engine: 'pg-boss', found: 'tables of version 26, older than 37', supported: 'pg-boss ^12.26.4' },
    ])
  })

  it('refuses what is no boss', async () => {
    expect(await refusalOf({ boss: {} as never })).toMatchObject({ code: 'ENGINE_UNSUPPORTED' })
  })

  it('refuses a boss that is not started', async () => {
    const { code, message } = await refusalOf({ boss: new PgBoss(bed.url) })
    expect([code, message]).toEqual([
      'ENGINE_UNSUPPORTED',
      'The engine pg-boss works with pg-boss ^12.26.4, and found a boss that is not started.',
    ])
  })

  it('refuses a schema that is not that of the boss', async () => {
    const boss = await bossOf(new PgBoss({ connectionString: bed.url, schema: 'boss_there', schedule: false }))
    expect(await refusalOf({ boss, schema: 'boss_elsewhere' })).toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      details: { found: 'no table job in the schema boss_elsewhere' },
    })
  })

  it('refuses tables that are missing, and those of another version, where it may not migrate', async () => {
    const connection = bed.url
    const missing = await refusalOf({ connection, schema: 'boss_nowhere', migrate: false })
    expect(missing.details).toMatchObject({ found: 'no tables of it in the schema boss_nowhere' })
    await bossOf(new PgBoss({ connectionString: bed.url, schema: 'boss_newer', schedule: false }))
    await bed.admin.query('UPDATE boss_newer.version SET version = version + 1')
    const newer = await refusalOf({ connection, schema: 'boss_newer', migrate: false })
    expect(newer.details).toMatchObject({ found: 'tables of another version in the schema boss_newer' })
  })

  it('opens without migrating when the tables are there', async () => {
    await bossOf(new PgBoss({ connectionString: bed.url, schema: 'boss_ready', schedule: false }))
    const engine = createPgBossEngine({ connection: bed.url, schema: 'boss_ready', migrate: false })
    await engine.open(use)
    await engine.close()
  })

  it.each([
    `postgres://user:${SECRET}@127.0.0.1:1/db`,
    `postgres://user:${SECRET}@[not a host/db`,
    { host: '127.0.0.1', port: 1, user: 'user', password: SECRET },
  ])('never tells a password', async (connection) => {
    const error = await refusalOf({ connection })
    expect(error.code).toBe('ENGINE_UNAVAILABLE')
    const told = [error.message, String(error.cause), JSON.stringify(error.details), JSON.stringify(error.cause)]
    expect(told.join(' ')).not.toContain(SECRET)
    expect(Object.keys(error.cause as object)).toEqual([])
  })

  it('refuses every call while it is not open, and a scheduler whose name pg-boss cannot hold', async () => {
    const engine = createPgBossEngine({ connection: bed.url })
    await expect(engine.dispatch([])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    const strange = engine.open({ ...use, scheduler: 'übrig' })
    await expect(strange).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
  })
})
