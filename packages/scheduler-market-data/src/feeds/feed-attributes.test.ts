import { expect, test } from 'vitest'

import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import { defineFreshness } from '../freshness/freshness-rule.ts'
import { judgeFreshness } from '../freshness/judge-freshness.ts'
import { ruleAttributesOf } from './feed-attributes.ts'

test('the next open and the next price are told as far as the calendar knows, and never guessed', () => {
  const rule = defineFreshness({ calendar: exchangeCalendar('XSES'), every: 900_000 })
  const tell = (time: string) => {
    const asOf = Date.parse(time)
    const eventAt = asOf - 60_000
    const { status, expectedBy } = judgeFreshness({ eventAt, changedAt: eventAt, fetchedAt: asOf }, { asOf, rule })
    const opensAt = ruleAttributesOf(rule, asOf)['next_open_at']
    return [status, expectedBy, opensAt].map((told) => (typeof told === 'number' ? new Date(told).toISOString() : told))
  }
  expect(tell('2026-12-30T10:00Z')).toEqual(['market_closed', '2026-12-31T01:22:30.000Z', '2026-12-31T01:00:00.000Z'])
  // Nobody has said here that Singapore is closed on New Year's Day of 2027.
  expect(tell('2026-12-31T10:00Z')).toEqual(['market_closed', null, null])
  expect(tell('2027-01-04T02:00Z')).toEqual(['fresh', null, null])
})
