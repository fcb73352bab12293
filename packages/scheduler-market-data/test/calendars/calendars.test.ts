import { EXCHANGES, exchangeCalendar } from '@pm/scheduler-market-data'
import { describe, expect, test } from 'vitest'

import { differencesOf } from './differences.ts'
import { hoursOf, readTable } from './published-table.ts'

/** Conventions, which nobody publishes year by year. */
const CONVENTIONS = ['24/5', '24/7']

describe('every built-in calendar and what is published of it', () => {
  test.each(EXCHANGES.filter((exchange) => !CONVENTIONS.includes(exchange)))(
    '%s: no day differs in the years that it claims, and each of them is published',
    (exchange) => {
      const calendar = exchangeCalendar(exchange)
      const published = hoursOf(readTable(exchange))
      expect(differencesOf(calendar, published)).toEqual([])
      const { from, to } = calendar.knows
      const claimed = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
      expect([...published.keys()].filter((day) => from <= day && day <= to)).toHaveLength(claimed)
    },
  )

  test.each(EXCHANGES)('%s: says where it comes from and since when', (exchange) => {
    const { source, checked, knows } = exchangeCalendar(exchange)
    expect(source.length).toBeGreaterThan(20)
    expect(checked === null).toBe(CONVENTIONS.includes(exchange))
    expect(knows.from < knows.to).toBe(true)
  })

  test('a correction of a table names the page that says so', () => {
    for (const exchange of EXCHANGES.filter((name) => !CONVENTIONS.includes(name)))
      for (const { source } of readTable(exchange).corrections) expect(source).toMatch(/\S+\.\S+/)
  })
})
