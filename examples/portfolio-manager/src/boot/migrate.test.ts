import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { silentLogger } from '@pm/scheduler-core'
import { expect, test } from 'vitest'

import { connectDatabase } from '../database/connect.ts'
import { UserError } from '../user-error.ts'
import { migrate } from './migrate.ts'

test.each([
  ['in the data folder', null, ['Delete /srv/data/postgres, or let DATA_DIR name an empty folder.']],
  ['at DATABASE_URL', 'postgres://db', ['Run DROP SCHEMA "pm_scheduler" CASCADE in the database of DATABASE_URL.']],
])('the start refuses tables of an earlier build %s and says what to delete', async (_, databaseUrl, details) => {
  await using database = await createTestDatabase()
  const dataSource = await connectDatabase({ url: database.url, logger: silentLogger })
  await dataSource.query(`CREATE SCHEMA pm_scheduler`)
  await dataSource.query(`CREATE TABLE pm_scheduler.scheduler_migration AS
    SELECT 1 AS version, 'PmSchedulerTables1763942400000' AS name, 1 AS readable_from, true AS made_schema`)
  const error = await migrate(dataSource, { databaseUrl, dataDir: '/srv/data' }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  expect(error).toMatchObject({ details, message: expect.stringContaining('the tables of an earlier build') })
  await dataSource.destroy()
})
