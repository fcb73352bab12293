import { createScheduler, every, type RunContext } from '@pm/scheduler-core'
import { DataSource, type EntityManager, type Logger } from 'typeorm'
import { DataSource as OldDataSource } from 'typeorm-0.3'
import { expect, it, onTestFinished } from 'vitest'

import { createTestBed } from '../../test/test-bed.ts'
import { migrateScheduler } from '../migrations/migrate-scheduler.ts'
import { createTypeormStore } from '../store/create-typeorm-store.ts'
import { createTypeormSessions } from './create-typeorm-sessions.ts'
import { withoutSchedulerQueries } from './without-scheduler-queries.ts'

const bed = await createTestBed()

it.each([
  { release: '1', schema: 'quiet_1', DataSource },
  { release: '0.3', schema: 'quiet_0_3', DataSource: OldDataSource as never },
])(
  'TypeORM $release logs the statements of a handler, and none of the scheduler',
  async ({ schema, DataSource: Class }) => {
    const lines: string[] = []
    const log = recording(lines)
    const dataSource = await bed.open({
      DataSource: Class,
      settings: { logging: true, logger: withoutSchedulerQueries(log) },
    })
    await migrateScheduler(dataSource, { schema })
    lines.length = 0
    const scheduler = createScheduler<EntityManager>({
      name: 'quiet',
      sessions: createTypeormSessions(dataSource),
      store: createTypeormStore({ schema }),
      jobs: [
        {
          name: 'poll',
          schedule: every({ days: 365 }),
          handler: ({ withSession, complete }: RunContext<EntityManager>) =>
            withSession(async (session) => {
              await session.query('SELECT 1 AS of_the_handler')
              await complete(session)
            }),
        },
      ],
    })
    await scheduler.open()
    onTestFinished(() => scheduler.close())
    // Statements are prepared from their second run on.
    for (let run = 1; run <= 3; run++) {
      await scheduler.runJob('poll')
      await scheduler.whenIdle()
    }
    await dataSource.query('SELECT 2 AS of_the_host')
    await scheduler.snapshot({ maxAgeMs: 0 })

    const own = lines.filter((line) => !/^(START TRANSACTION|COMMIT|SELECT \d AS)/.test(line))
    expect(own).toEqual([])
    expect(lines.filter((line) => line.startsWith('SELECT'))).toEqual([
      ...['SELECT 1 AS of_the_handler', 'SELECT 1 AS of_the_handler', 'SELECT 1 AS of_the_handler'],
      'SELECT 2 AS of_the_host',
    ])
    // The transaction of the handler is the host's, too.
    expect(lines.filter((line) => line.startsWith('START'))).toHaveLength(3)
  },
)

it('lets everything else through: errors, slow statements, migrations', async () => {
  const lines: string[] = []
  const log = withoutSchedulerQueries(recording(lines))
  const dataSource = await bed.open({ settings: { logging: true, logger: log } })
  lines.length = 0
  const own = createTypeormSessions(dataSource).withSession((session) => session.query('SELECT nonsense'), {
    isOwn: true,
  })
  await expect(own).rejects.toThrow(/nonsense/)
  log.logQuerySlow(1_000, 'SELECT slow')
  log.logMigration('migrated')
  log.logSchemaBuild('built')
  log.log('warn', 'said')
  expect(lines).toEqual(['error SELECT nonsense', 'slow SELECT slow', 'migrated', 'built', 'warn said'])
})

function recording(lines: string[]): Logger {
  return {
    logQuery: (query) => void lines.push(query),
    logQueryError: (_error, query) => void lines.push(`error ${query}`),
    logQuerySlow: (_time, query) => void lines.push(`slow ${query}`),
    logSchemaBuild: (message) => void lines.push(message),
    logMigration: (message) => void lines.push(message),
    log: (level, message) => void lines.push(`${level} ${String(message)}`),
  }
}
