import type { DataSource } from 'typeorm'

/**
 * Brings the application's own tables up to date. Returns how many migrations ran. TypeORM takes no lock, so an
 * advisory lock lets only one of several starting instances migrate at a time.
 */
export async function migrateDatabase(dataSource: DataSource): Promise<number> {
  const runner = dataSource.createQueryRunner()
  try {
    await runner.query('SELECT pg_advisory_lock(hashtext($1))', [LOCK_NAME])
    try {
      return (await dataSource.runMigrations({ transaction: 'each' })).length
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtext($1))', [LOCK_NAME])
    }
  } finally {
    await runner.release()
  }
}

const LOCK_NAME = 'portfolio-manager migrations'
