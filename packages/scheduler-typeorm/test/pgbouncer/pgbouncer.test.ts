import { isSchedulerError } from '@pm/scheduler-core'
import type { DataSource } from 'typeorm'
import { afterAll, describe, expect, it } from 'vitest'

import { createTypeormSessions } from '../../src/sessions/create-typeorm-sessions.ts'
import { claimAndSettle, registerJob } from '../claim-and-settle.ts'
import { describeEverySuite } from '../every-suite.ts'
import { createTestBed, openStore } from '../test-bed.ts'
import { hasPgBouncer, type PoolMode, startPgBouncer } from './start-pgbouncer.ts'

const MODES: readonly PoolMode[] = ['transaction', 'session']

/** All units of these tests wait for one job, and some for a connection. */
const PATIENT = { acquireTimeoutMs: 60_000, answerTimeoutMs: 60_000 }

/** What is prepared on one server connection. */
const preparedOf = (on: DataSource) => on.query('SELECT name FROM pg_prepared_statements')

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

      it('prepares nothing by itself, and nothing fails', async () => {
        const { store } = await openStore(dataSource)
        const ledger = { sessions: createTypeormSessions(dataSource, PATIENT), store }
        await registerJob(ledger)
        const rounds = Array.from({ length: 40 }, () => claimAndSettle(ledger, 3))
        expect((await Promise.all(rounds)).flat()).toEqual(Array(120).fill('settled'))
        for (let each = 0; each < 10; each++) expect(await preparedOf(dataSource)).toEqual([])
      })

      it('loses nothing where it is told to prepare', async () => {
        const { store } = await openStore(dataSource)
        const own = await bed.open({ settings: { url: pooler.url } })
        const ledger = { sessions: createTypeormSessions(own, { ...PATIENT, preparedStatements: true }), store }
        await registerJob(ledger)
        let failed = 0
        const untilSettled = async (): Promise<readonly string[]> => {
          try {
            return await claimAndSettle(ledger, 3)
          } catch (error) {
            if (!isSchedulerError(error, 'STORE_UNAVAILABLE')) throw error
            failed++
            return untilSettled()
          }
        }
        // One after the other keeps one server connection, many at a time share several.
        for (let round = 0; round < 5; round++) await untilSettled()
        const rounds = await Promise.all(Array.from({ length: 60 }, untilSettled))
        expect(rounds.flat()).toEqual(Array(180).fill('settled'))
        if (mode === 'session') {
          expect(failed).toBe(0)
          expect(await preparedOf(own)).not.toEqual([])
        }
      })

      describeEverySuite('PostgreSQL through TypeORM', dataSource, admin)
    })
  }
} else {
  it.skip('is skipped: there is no pgbouncer on the path', () => {})
}
