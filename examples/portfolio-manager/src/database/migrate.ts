import type { DataSource } from 'typeorm'

/**
 * Brings the application's own tables up to date and answers how many migrations ran. TypeORM does not lock, so an
 * advisory lock keeps instances that start together apart.
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
