import { afterAll, describe, expect, it } from 'vitest'

import { describeEverySuite } from '../every-suite.ts'
import { createTestBed } from '../test-bed.ts'
import { hasPgBouncer, type PoolMode, startPgBouncer } from './start-pgbouncer.ts'

const MODES: readonly PoolMode[] = ['transaction', 'session']

if (hasPgBouncer()) {
  const bed = await createTestBed()
  const admin = await bed.open()
  for (const mode of MODES) {
    const pooler = await startPgBouncer(bed.url, mode)
    const dataSource = await bed.open({ settings: { url: pooler.url } })
    afterAll(pooler.stop)
    describe(`through PgBouncer in ${mode} mode`, () => {
      it('reaches the database by way of it', async () => {
        expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
      })

      describeEverySuite('PostgreSQL through TypeORM', dataSource, admin)
    })
  }
} else {
  it.skip('is skipped: there is no pgbouncer on the path', () => {})
}
