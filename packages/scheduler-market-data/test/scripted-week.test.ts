import { expect, test } from 'vitest'

import { INSTRUMENTS } from './week/instruments.ts'
import { STORY } from './week/script.ts'
import { tellWeek } from './week/tell-week.ts'

// The files beside `week/` say what a reader of the feeds saw, and when. Read a change of theirs as a change of what the
// library promises: `vitest run -u` writes them anew.

test('a week between the changes of the clocks in Europe and America, with all that goes wrong', async () => {
  expect(INSTRUMENTS).toHaveLength(40)
  const week = { from: Date.parse('2026-10-26T00:00Z'), to: Date.parse('2026-11-02T00:00Z') }
  await expect(`${STORY}\n${await tellWeek(week)}`).toMatchFileSnapshot('./week/the-week.txt')
})

test('the half day after Thanksgiving', async () => {
  const days = { from: Date.parse('2026-11-26T12:00Z'), to: Date.parse('2026-11-28T12:00Z') }
  const only = ({ symbol }: { readonly symbol: string }) => ['IBM', '^GSPC', 'VTSAX', 'ES=F', 'VOD.L'].includes(symbol)
  await expect(await tellWeek({ ...days, only })).toMatchFileSnapshot('./week/half-day-new-york.txt')
})

test('the half day of Christmas Eve', async () => {
  const days = { from: Date.parse('2026-12-24T00:00Z'), to: Date.parse('2026-12-25T00:00Z') }
  const only = ({ market }: { readonly market: string }) =>
    ['XLON', 'XPAR', 'XHKG', 'XASX', 'XETR', 'XSES'].includes(market)
  await expect(await tellWeek({ ...days, only })).toMatchFileSnapshot('./week/half-day-christmas-eve.txt')
})
