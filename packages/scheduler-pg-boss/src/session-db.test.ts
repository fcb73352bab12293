import { expect, it } from 'vitest'

import { rowsOf, sessionDb } from './session-db.ts'

it.each([
  ['rows of TypeORM', [{ id: 1 }], [{ id: 1 }]],
  ['no rows of TypeORM', [], []],
  ['rows and count of TypeORM, after an UPDATE or a DELETE', [[{ id: 1 }], 1], [{ id: 1 }]],
  ['no rows and the count', [[], 3], []],
  ['the result of pg', { rows: [{ id: 1 }], rowCount: 1 }, [{ id: 1 }]],
  ['nothing', undefined, []],
])('finds the rows in %s', (_, answer, rows) => {
  expect(rowsOf(answer)).toEqual(rows)
})

it('passes the statement and its values to the session', async () => {
  const asked: unknown[] = []
  const query = async (text: string, parameters?: unknown[]) => void asked.push([text, parameters])
  const db = sessionDb({ query })
  await db.executeSql('SELECT $1', [1])
  await db.executeSql('SELECT 1')
  expect(asked).toEqual([
    ['SELECT $1', [1]],
    ['SELECT 1', []],
  ])
})
