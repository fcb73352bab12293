import { readFileSync } from 'node:fs'

import { createScheduler, every } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

const PAGE = readFileSync(new URL('../../../docs/operations/stored-data.md', import.meta.url), 'utf8')

const bed = await createTestBed()

/** The statements of a block of SQL of the page, on another schema. */
function statementsOf(heading: string, schema: string): readonly string[] {
  const section = PAGE.slice(PAGE.indexOf(`## ${heading}`))
  const [, block = ''] = /```sql\n([\s\S]*?)```/.exec(section) ?? []
  return block.replaceAll('pm_scheduler.', `${schema}.`).split(/;\n/)
}

it('what the page says to erase a person leaves no trace of the name, and everything else', async () => {
  const dataSource = await bed.open()
  const { schema, sessions, store } = await openStore(dataSource)
  const jobs = ['a', 'b'].map((name) => ({ name, schedule: every({ days: 1 }), handler: () => {} }))
  const scheduler = createScheduler({ name: 'desk', jobs, sessions, store })
  await scheduler.open()
  const eve = { by: 'eve@example.com', why: 'as eve@example.com wanted' }
  await scheduler.pauseJob('a', { ...eve, idempotencyKey: 'one' })
  await scheduler.pauseJob('b', { by: 'ada', why: 'deploy' })
  await scheduler.pause({ ...eve, idempotencyKey: 'two' })
  await scheduler.pauseJob('a', { by: 'ada', idempotencyKey: 'three', until: Date.now() + 60_000 })
  await scheduler.pauseJob('a', eve)

  for (const statement of statementsOf('To erase a person', schema)) {
    await dataSource.transaction((manager) => manager.query(statement, ['eve@example.com']))
  }

  expect(await dump()).not.toContain('eve@')
  const { items } = await scheduler.listLog()
  expect(items.map(({ kind, by }) => [kind, by])).toEqual([
    ['pause-job', 'erased'],
    ['pause-job', 'ada'],
    ['pause', 'erased'],
    ['pause-job', 'ada'],
    ['pause-job', 'erased'],
  ])
  const { desired, by, pausedJobs } = await scheduler.control()
  expect({ desired, by }).toEqual({ desired: 'paused', by: 'erased' })
  expect(pausedJobs).toMatchObject({ a: { by: 'erased', why: null }, b: { by: 'ada', why: 'deploy' } })
  await scheduler.close()

  async function dump(): Promise<string> {
    const tables = ['control_log', 'scheduler', 'receipt', 'settled', 'under_way', 'definition', 'instance', 'job']
    const rows = []
    for (const table of tables) rows.push(await dataSource.query(`SELECT * FROM ${schema}.${table}`))
    return JSON.stringify(rows)
  }
})

it('what the page says to erase the log of a job of a tenant erases that alone', async () => {
  const dataSource = await bed.open()
  const { schema, sessions, store } = await openStore(dataSource)
  const jobs = ['a', 'b'].map((name) => ({ name, schedule: every({ days: 1 }), handler: () => {} }))
  const scheduler = createScheduler({ name: 'desk', jobs, sessions, store })
  await scheduler.open()
  for (const job of ['a', 'b']) await scheduler.pauseJob(job)
  for (const statement of statementsOf('To erase a tenant', schema)) await dataSource.query(statement, ['desk', 'a'])
  expect((await scheduler.listLog()).items.map(({ job }) => job)).toEqual(['b'])
  await scheduler.close()
})
