import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { money } from '../money/money.ts'
import { parseEcbRates } from './parse-ecb-rates.ts'
import { joinRates, type RateTable, rateTable } from './rate-table.ts'
import { createReferenceRates, type ReferenceRatesOptions } from './reference-rates.ts'

/** Rows of the ECB's eurofxref-hist.csv, without the currencies that are not asked about. */
const CHRISTMAS = `Date,USD,JPY,BGN,GBP,ILS,ZAR,RUB,
2026-01-02,1.1721,183.94,N/A,0.8719,3.7214,19.3561,N/A,
2025-12-31,1.175,184.09,1.9558,0.8726,3.7471,19.4439,N/A,
2025-12-30,1.1757,183.48,1.9558,0.8712,3.7435,19.5571,N/A,
2025-12-29,1.1766,183.97,1.9558,0.8726,3.7605,19.597,N/A,
2025-12-24,1.1787,183.83,1.9558,0.8729,3.7514,19.6091,N/A,
2025-12-23,1.1786,183.89,1.9558,0.8729,3.7689,19.6054,N/A,
`

function ratesOf(text: string, options: Partial<ReferenceRatesOptions> = {}) {
  const clock = createManualClock({ startAt: new Date('2026-01-05T12:00:00Z') })
  return createReferenceRates({ table: parsed(text), clock, ...options })
}

function parsed(text: string): RateTable {
  const table = parseEcbRates(text)
  if (table === null) throw new Error('The file was refused.')
  return table
}

describe('reference rates', () => {
  const rates = ratesOf(CHRISTMAS)

  test('convert through the euro in one division, and name the day', () => {
    expect(rates.convert(money('950.60', 'GBP'), 'EUR', '2025-12-31')).toEqual({
      kind: 'converted',
      money: { amount: '1089.388035755214', unit: 'EUR' },
      rate: { from: 'GBP', to: 'EUR', rate: '1.1460004584', day: '2025-12-31', source: 'ECB' },
    })
    // 100 * 1.175 / 0.8726
    expect(rates.convert(money('100', 'GBP'), 'USD', '2025-12-31')).toMatchObject({
      money: { amount: '134.655053862022', unit: 'USD' },
    })
  })

  test('convert minor units by their currency', () => {
    const pence = rates.convert(money('95060', 'GBp'), 'USD', '2025-12-31')
    expect(pence).toEqual(rates.convert(money('950.6', 'GBP'), 'USD', '2025-12-31'))
    expect(rates.convert(money('95060', 'GBp'), 'GBP', '1990-01-01')).toEqual({
      kind: 'converted',
      money: { amount: '950.6', unit: 'GBP' },
      rate: null,
    })
  })

  test('of a day without rates are those of the last day before it, which is named', () => {
    for (const day of ['2025-12-25', '2025-12-26', '2025-12-27', '2025-12-28']) {
      expect(rates.convert(money('1', 'EUR'), 'USD', day)).toMatchObject({
        money: { amount: '1.1787' },
        rate: { day: '2025-12-24' },
      })
    }
    expect(rates.convert(money('1', 'EUR'), 'USD', '2025-12-29')).toMatchObject({ rate: { day: '2025-12-29' } })
  })

  test('are those of one day for both currencies', () => {
    // The lev's rates ended with the year.
    expect(rates.convert(money('1', 'USD'), 'BGN', '2026-01-02')).toMatchObject({ rate: { day: '2025-12-31' } })
  })

  const REFUSED: [string, [string, string, string], object][] = [
    ['a day that is still to come', ['USD', 'EUR', '2026-01-06'], { code: 'DAY_IN_FUTURE', currency: null }],
    ['a day before the first', ['USD', 'EUR', '2025-12-22'], { code: 'DAY_BEFORE_RATES', currency: null }],
    ['a currency that is not listed', ['BTC', 'EUR', '2026-01-02'], { code: 'CURRENCY_WITHOUT_RATE', currency: 'BTC' }],
    ['a listed one without a rate', ['EUR', 'RUB', '2026-01-02'], { code: 'CURRENCY_WITHOUT_RATE', currency: 'RUB' }],
    ['a minor unit as the target', ['USD', 'GBp', '2026-01-02'], { code: 'CURRENCY_UNKNOWN', currency: 'GBp' }],
    ['a code that is none', ['USD', 'usd', '2026-01-02'], { code: 'CURRENCY_UNKNOWN', currency: 'usd' }],
  ]
  test.each(REFUSED)('refuse %s', (_what, [from, to, day], refusal) => {
    expect(rates.convert(money('1', from), to, day)).toEqual({ kind: 'refused', ...refusal })
  })

  const NO_DAYS: readonly unknown[] = [
    'yesterday',
    '',
    '2025-02-30',
    '31/12/2025',
    '2025-12-31T00:00Z',
    20_251_231,
    null,
  ]
  test.each(NO_DAYS)('take %o for a mistake of the caller, and not for a day before the first', (day) => {
    for (const currency of ['EUR', 'USD']) {
      expect(() => rates.convert(money('1', 'USD'), currency, day as string)).toThrow(
        expect.objectContaining({
          code: 'INVALID_OPTIONS',
          details: expect.objectContaining({ path: 'convert.day' }),
        }),
      )
    }
  })

  test('refuse what is too old: a table that was not updated, and a currency that ended', () => {
    const later = ratesOf(CHRISTMAS, { clock: createManualClock({ startAt: new Date('2026-03-01T12:00:00Z') }) })
    const usd = (day: string) => later.convert(money('1', 'EUR'), 'USD', day)
    expect(usd('2026-01-09')).toMatchObject({ kind: 'converted', rate: { day: '2026-01-02' } })
    expect(usd('2026-01-10')).toEqual({ kind: 'refused', code: 'RATES_TOO_OLD', currency: 'USD' })
    const eight = later.convert(money('1', 'USD'), 'BGN', '2026-01-08')
    expect(eight).toEqual({ kind: 'refused', code: 'RATES_TOO_OLD', currency: 'BGN' })
  })

  test('of a day count from their publication, at 16:00 in Frankfurt', () => {
    expect(rates.dayAt(Date.parse('2025-12-30T14:59:59Z'))).toBe('2025-12-29')
    expect(rates.dayAt(Date.parse('2025-12-30T15:00:00Z'))).toBe('2025-12-30')
    expect(rates.dayAt(Date.parse('2025-07-01T13:59:59Z'))).toBe('2025-06-30')
    expect(rates.dayAt(Date.parse('2025-07-01T14:00:00Z'))).toBe('2025-07-01')
    // Christmas is a Thursday, and the day after it as well without rates.
    expect(rates.dayAt(Date.parse('2025-12-28T20:00:00Z'))).toBe('2025-12-24')
    expect([rates.from, rates.to, rates.source]).toEqual(['2025-12-23', '2026-01-02', 'ECB'])
  })

  test('without any day refuse everything but the same currency', () => {
    const none = createReferenceRates({ table: rateTable(new Map()), clock: createManualClock() })
    expect(none.convert(money('1', 'USD'), 'EUR', '2025-01-02')).toMatchObject({ code: 'DAY_BEFORE_RATES' })
    expect(none.convert(money('1', 'USD'), 'USD', '2025-01-02')).toMatchObject({ kind: 'converted' })
  })

  test('refuse options that are none', () => {
    for (const wrong of [{ scale: 31 }, { scale: 1.5 }, { maxAgeDays: -1 }]) {
      expect(() => ratesOf(CHRISTMAS, wrong)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
    }
  })

  test('convert as whole numbers do: one division, half to even', () => {
    const rate = fc.integer({ min: 1, max: 1_000_000 })
    const drawn = fc.record({
      amount: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      x: rate,
      y: rate,
      scale: fc.nat(15),
    })
    fc.assert(
      fc.property(drawn, ({ amount, x, y, scale }) => {
        const day = new Map(
          [
            ['USD', `${x}e-4`],
            ['JPY', `${y}e-2`],
          ].map(([k = '', v = '']) => [k, v]),
        )
        const table = rateTable(new Map([['2025-12-31', day]]))
        const some = createReferenceRates({
          table,
          scale,
          clock: createManualClock({ startAt: new Date('2026-01-05T12:00:00Z') }),
        })
        const result = some.convert(money(`${amount}e-5`, 'USD'), 'JPY', '2025-12-31')
        if (result.kind !== 'converted') throw new Error(result.code)
        // amount / 10^5 * (y / 10^2) / (x / 10^4)
        const exact = halfEven(amount * BigInt(y) * 10n ** BigInt(scale), BigInt(x) * 1_000n)
        const [whole = '', fraction = ''] = result.money.amount.split('.')
        expect(BigInt(whole + fraction.padEnd(scale, '0'))).toBe(exact)
      }),
    )
  })
})

describe('a file of the ECB', () => {
  const XML = (cubes: string) => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<Cube>${cubes}</Cube>
</gesmes:Envelope>`

  test('in XML, with one day or several, and in CSV, with one day or the history, says the same', () => {
    const one = XML(`
		<Cube time='2025-12-31'>
			<Cube currency='USD' rate='1.1750'/>
			<Cube currency='GBP' rate='0.87260'/>
		</Cube>`)
    const two = XML(
      '<Cube time="2025-12-31"><Cube currency="USD" rate="1.175"/><Cube currency="GBP" rate="0.8726"/></Cube>' +
        '<Cube time="2025-12-30"><Cube currency="USD" rate="1.1757"/></Cube>',
    )
    const day = 'Date, USD, GBP, \r\n31 December 2025, 1.1750, 0.87260, \r\n'
    const history = 'Date,USD,GBP,\n2025-12-31,1.175,0.8726,\n2025-12-30,1.1757,N/A,\n'
    for (const text of [one, two, day, history]) {
      expect(Object.fromEntries(parsed(text).ratesOn('2025-12-31') ?? [])).toEqual({ USD: '1.175', GBP: '0.8726' })
    }
    for (const text of [two, history]) {
      expect(parsed(text).days).toEqual(['2025-12-30', '2025-12-31'])
      expect(Object.fromEntries(parsed(text).ratesOn('2025-12-30') ?? [])).toEqual({ USD: '1.1757' })
    }
  })

  test.each([
    ['nothing', ''],
    ['a page', '<!DOCTYPE html><html><body>Service unavailable</body></html>'],
    ['an envelope without a day', XML('')],
    ['a rate before any day', XML("<Cube currency='USD' rate='1'/>")],
    ['a currency without a rate', XML("<Cube time='2025-12-31'><Cube currency='USD'/></Cube>")],
    ['a rate of zero', 'Date,USD,\n2025-12-31,0,'],
    ['a rate below zero', 'Date,USD,\n2025-12-31,-1.1,'],
    ['a rate in words', 'Date,USD,\n2025-12-31,many,'],
    ['a day that does not exist', 'Date,USD,\n2025-02-30,1.1,'],
    ['a day in another order', 'Date,USD,\n12/31/2025,1.1,'],
    ['a day twice', 'Date,USD,\n2025-12-31,1.1,\n2025-12-31,1.1,'],
    ['a currency twice', 'Date,USD,USD,\n2025-12-31,1.1,1.1,'],
    ['a line that broke off', 'Date,USD,GBP,\n2025-12-31,1.1'],
    ['another table', 'Day,USD,\n2025-12-31,1.1,'],
  ])('that is %s is refused as a whole', (_what, text) => {
    expect(parseEcbRates(text)).toBeNull()
  })

  test('joins others, and the later one holds', () => {
    const joined = joinRates(
      parsed('Date,USD,\n2025-12-30,1.1,\n2025-12-31,1.2,'),
      parsed('Date,USD,\n2025-12-31,1.3,'),
    )
    expect(joined.days.map((day) => joined.ratesOn(day)?.get('USD'))).toEqual(['1.1', '1.3'])
  })
})

function halfEven(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n
  const [whole, rest] = [(sign * dividend) / divisor, (sign * dividend) % divisor]
  return sign * (whole + (rest * 2n > divisor || (rest * 2n === divisor && whole % 2n === 1n) ? 1n : 0n))
}
