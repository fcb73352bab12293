import { readFile } from 'node:fs/promises'

import { silentLogger } from '@pm/scheduler-core'
import { exchangeCalendar, money, parseEcbRates, type RatesResult, type RateTable } from '@pm/scheduler-market-data'
import { createManualClock } from '@pm/scheduler-testing'
import { expect, test } from 'vitest'

import { liveRates } from './live-rates.ts'
import { openRates } from './open-rates.ts'
import { recordedRates } from './recorded-rates.ts'

const DATA = new URL('../../data/', import.meta.url)

test('the recorded rates are those of the ECB for the replayed years', async () => {
  const rates = await (await openRates('replay', silentLogger)).read()
  expect([rates?.source, rates?.from, rates?.to]).toEqual(['ECB', '2023-07-24', '2026-03-05'])
  // As the ECB's own XML of that day has it: USD 1.0705, GBP 0.84638.
  expect(rates?.convert(money('84638', 'GBp'), 'EUR', '2024-06-28')).toMatchObject({ money: { amount: '1000' } })
  expect(rates?.convert(money('1000', 'EUR'), 'USD', '2024-06-28')).toMatchObject({ money: { amount: '1070.5' } })
  // Good Friday to Easter Monday.
  expect(rates?.convert(money('1', 'EUR'), 'USD', '2024-04-01')).toMatchObject({ rate: { day: '2024-03-28' } })
})

test.each([
  ['is missing', 'nothing.csv', 'Cannot read'],
  ['is another', 'daily.csv', 'no file of the ECB'],
])('a recording that %s is an error that names the file', async (_what, name, words) => {
  const error = await recordedRates(new URL(name, DATA)).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'UserError', message: expect.stringContaining(words) })
  expect(String(error)).toContain(name)
})

test('the recorded days are those of the calendar', async () => {
  const text = await readFile(new URL('eurofxref-hist.csv', DATA), 'utf8')
  const [from, to] = [Date.parse('2023-07-24T00:00:00Z'), Date.parse('2026-03-06T00:00:00Z')]
  const days = exchangeCalendar('ECB').sessionsBetween(from, to)
  expect(parseEcbRates(text)?.days).toEqual(days.map(({ day }) => day))
})

test('live rates are asked for when they are needed, and after each publication; a failure keeps the known ones', async () => {
  // A Monday, at noon in Frankfurt.
  const clock = createManualClock({ startAt: new Date('2026-01-05T11:00:00Z') })
  const answers: RatesResult[] = [
    { kind: 'rates', table: tableOf('2026-01-02,1.1') },
    { kind: 'refused', refusal: { kind: 'failed', code: 'TIMEOUT' } },
    { kind: 'rates', table: tableOf('2026-01-02,1.1') },
    { kind: 'rates', table: tableOf('2026-01-05,1.2') },
    { kind: 'rates', table: tableOf('2026-01-06,1.3') },
  ]
  let asked = 0
  const fetchRates = async () => answers[asked++] ?? Promise.reject(new Error('no more'))
  const provider = { name: 'ecb', calendar: exchangeCalendar('ECB'), fetchRates }
  const source = liveRates({ provider, logger: silentLogger, clock })
  const readAfter = async (ms: number) => {
    await clock.advance(ms)
    await source.read()
    await new Promise<void>((resolve) => setImmediate(resolve))
    const rates = await source.read()
    return [asked, rates?.from ?? null, rates?.to ?? null]
  }
  expect(await source.read()).toBeNull()
  expect(await readAfter(0)).toEqual([1, '2026-01-02', '2026-01-02'])
  // 16:00 in Frankfurt, and five minutes.
  expect(await readAfter(4 * HOUR + 5 * MINUTE - 1)).toEqual([1, '2026-01-02', '2026-01-02'])
  expect(await readAfter(1)).toEqual([2, '2026-01-02', '2026-01-02'])
  expect(await readAfter(5 * MINUTE)).toEqual([3, '2026-01-02', '2026-01-02'])
  expect(await readAfter(5 * MINUTE)).toEqual([4, '2026-01-02', '2026-01-05'])
  expect(await readAfter(23 * HOUR)).toEqual([4, '2026-01-02', '2026-01-05'])
  expect(await readAfter(HOUR)).toEqual([5, '2026-01-02', '2026-01-06'])
  await source.close()
  expect((await readAfter(48 * HOUR))[0]).toBe(5)
})

const MINUTE = 60_000
const HOUR = 3_600_000

function tableOf(row: string): RateTable {
  const table = parseEcbRates(`Date,USD,\n${row},\n`)
  if (table === null) throw new Error('no table')
  return table
}
