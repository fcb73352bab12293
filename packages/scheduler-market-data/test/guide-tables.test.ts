import { readFileSync } from 'node:fs'

import { every } from '@pm/scheduler-core'
import { expect, test } from 'vitest'

import { quoteTablesMigration } from '../src/index.ts'
import { createFakeProvider } from './fake-provider.ts'
import { pollIntoTables } from './guide-tables.ts'

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the guide to tables shows code that compiles and runs', async () => {
  const [, code = ''] = /async function .*\n([\s\S]*) {2}return /.exec(text('./guide-tables.ts')) ?? []
  expect(code).toContain('createPollJob')
  expect(text('../../../docs/guides/quote-tables.md')).toContain(code.replaceAll(/^ {2}/gm, '').trim())

  const asked: string[] = []
  const queryRunner = {
    async query(sql: string) {
      asked.push(sql)
      return []
    },
  }
  const job = { symbols: async () => ['AAPL'], providers: [createFakeProvider()], schedule: every({ minutes: 15 }) }
  const { poll } = await pollIntoTables({ queryRunner, job, symbols: ['AAPL'] })
  expect(poll.name).toBe('poll-market-data')
  expect(asked).toEqual(quoteTablesMigration().up)
})
