import { silentLogger } from '@pm/scheduler-core'
import { money, parseEcbRates, type RatesResult, type RateTable } from '@pm/scheduler-market-data'
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

test('live rates are asked for when they are needed, and every six hours; a failure keeps the known ones', async () => {
  const clock = createManualClock({ startAt: new Date('2026-01-05T12:00:00Z') })
  const answers: RatesResult[] = [
    { kind: 'rates', table: tableOf('2025-12-31,1.1') },
    { kind: 'refused', refusal: { kind: 'failed', code: 'TIMEOUT' } },
    { kind: 'rates', table: tableOf('2026-01-02,1.2') },
  ]
  let asked = 0
  const provider = { name: 'ecb', fetchRates: async () => answers[asked++] ?? Promise.reject(new Error('no more')) }
  const source = liveRates({ provider, logger: silentLogger, clock })
  const read = async () => {
    await source.read()
    await Promise.resolve()
    await Promise.resolve()
    const rates = await source.read()
    return [asked, rates?.from ?? null, rates?.to ?? null]
  }
  expect(await source.read()).toBeNull()
  expect(await read()).toEqual([1, '2025-12-31', '2025-12-31'])
  await clock.advance(6 * 3_600_000 - 1)
  expect(await read()).toEqual([1, '2025-12-31', '2025-12-31'])
  await clock.advance(1)
  expect(await read()).toEqual([2, '2025-12-31', '2025-12-31'])
  await clock.advance(5 * 60_000)
  expect(await read()).toEqual([3, '2025-12-31', '2026-01-02'])
  await source.close()
  await clock.advance(24 * 3_600_000)
  expect((await read())[0]).toBe(3)
})

function tableOf(row: string): RateTable {
  const table = parseEcbRates(`Date,USD,\n${row},\n`)
  if (table === null) throw new Error('no table')
  return table
}
