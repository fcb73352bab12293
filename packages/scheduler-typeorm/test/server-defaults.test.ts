import { describe, expect, it } from 'vitest'

import { describeEverySuite } from './every-suite.ts'
import { createTestBed } from './test-bed.ts'

const DEFAULTS = [
  ['default_transaction_isolation', 'repeatable read'],
  ['default_transaction_isolation', 'serializable'],
  ['default_transaction_read_only', 'on'],
  ['synchronous_commit', 'off'],
] as const

const bed = await createTestBed()
const admin = await bed.open()

for (const [setting, value] of DEFAULTS) {
  const options = `-c ${setting}=${value.replaceAll(' ', '\\ ')}`
  const dataSource = await bed.open({ settings: { extra: { options } } })

  describe(`with ${setting} = ${value}`, () => {
    it('has that default', async () => {
      expect(await dataSource.query(`SELECT current_setting('${setting}') AS value`)).toEqual([{ value }])
    })

    describeEverySuite('PostgreSQL through TypeORM', dataSource, admin)
  })
}

describe('with replication, the same server as master and slave', async () => {
  const replication = { master: { url: bed.url }, slaves: [{ url: bed.url }] }
  const dataSource = await bed.open({ settings: { replication } })

  describeEverySuite('PostgreSQL through TypeORM', dataSource, admin)
})
