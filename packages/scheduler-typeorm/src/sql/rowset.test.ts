import fc from 'fast-check'
import { expect, it } from 'vitest'

import { createTestBed } from '../../test/test-bed.ts'
import { at, ms } from './instants.ts'
import { rowset, toColumns } from './rowset.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

it('brings any text and number to the server and back', async () => {
  const shape = { id: 'uuid', words: 'text', count: 'bigint', size: 'int', share: 'float8' } as const
  // PostgreSQL has no NUL in text and no minus zero in integers. Core passes neither to a store.
  const words = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))
  const tricky = fc.constantFrom('', 'NULL', 'null', '"', '\\', '\\"', '{}', ',', "'", '\n', ' padded ', '💥', '$1')
  const row = fc.record({
    id: fc.uuid(),
    words: fc.option(fc.oneof(words, tricky), { nil: null }),
    count: fc.option(
      fc.maxSafeInteger().map((n) => n + 0),
      { nil: null },
    ),
    size: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((n) => n + 0),
    share: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row), async (rows) => {
      const columns = toColumns(shape, rows)
      const answer: { count: string | null }[] = await dataSource.query(
        `SELECT * FROM ${rowset(shape, 'r', 1)}`,
        columns,
      )
      expect(answer.map((each) => ({ ...each, count: each.count === null ? null : Number(each.count) }))).toEqual(rows)
    }),
  )
})

it('keeps every instant of the years 1 to 9999 to the millisecond, and equal ones equal', async () => {
  const instant = fc.oneof(
    fc.integer({ min: 0, max: Date.UTC(2300, 0) }),
    fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  )
  const shape = { instant: 'float8' } as const
  await fc.assert(
    fc.asyncProperty(fc.array(instant, { minLength: 1, maxLength: 200 }), async (instants) => {
      const columns = toColumns(
        shape,
        instants.map((each) => ({ instant: each })),
      )
      const answer: { back: string; same: boolean }[] = await dataSource.query(
        `SELECT ${ms(at('r.instant'))} AS back, ${at('r.instant')} = ${at(ms(at('r.instant')))} AS same
         FROM ${rowset(shape, 'r', 1)}`,
        columns,
      )
      expect(answer).toEqual(instants.map((each) => ({ back: String(each + 0), same: true })))
    }),
  )
})
