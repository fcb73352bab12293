import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { unitOf } from './currency-unit.ts'
import { formatMoney, formatPrice } from './format-money.ts'
import { addMoney, money, sameMoney, timesMoney, toMajor } from './money.ts'

describe('the unit of a code', () => {
  const MINOR: [string, string, number][] = [
    ['GBp', 'GBP', 100],
    ['GBX', 'GBP', 100],
    ['ZAc', 'ZAR', 100],
    ['ZAC', 'ZAR', 100],
    ['ILA', 'ILS', 100],
    ['USX', 'USD', 100],
    ['KWF', 'KWD', 1000],
  ]
  test.each(MINOR)('%s is a fraction of %s', (code, currency, perMajor) => {
    expect(unitOf(code)).toEqual({ code, currency, perMajor })
    expect(toMajor(money('1', code))).toEqual({ amount: String(1 / perMajor), unit: currency })
  })

  test('of three capitals is a currency of its own', () => {
    for (const code of ['GBP', 'ZAR', 'ILS', 'USD', 'KWD', 'JPY', 'BTC']) {
      expect(unitOf(code)).toEqual({ code, currency: code, perMajor: 1 })
    }
  })

  test.each(['gbp', 'gbx', 'gBp', 'Gbp', 'XYz', 'EUr', '', 'GB', 'GBPX', 'G8P', 'constructor'])(
    '%o is none, since the case matters and nothing is folded',
    (code) => {
      expect(unitOf(code)).toBeNull()
      expect(() => money('1', code)).toThrow(expect.objectContaining({ name: 'MoneyError', code: 'CURRENCY_UNKNOWN' }))
    },
  )
})

describe('money', () => {
  test('1,000 shares at 95.06 pence are 950.60 pounds, in whatever unit they are counted', () => {
    const value = timesMoney(money('95.06', 'GBp'), '1000')
    expect(value).toEqual({ amount: '95060', unit: 'GBp' })
    expect(toMajor(value)).toEqual({ amount: '950.6', unit: 'GBP' })
    expect(sameMoney(value, money('950.60', 'GBP'))).toBe(true)
    expect(sameMoney(value, money('950.60', 'USD'))).toBe(false)
  })

  test('in units of one currency adds up in its major unit', () => {
    expect(addMoney(money('50', 'GBp'), money('1', 'GBP'), money('1', 'GBX'))).toEqual({ amount: '1.51', unit: 'GBP' })
  })

  test('in different currencies does not add up', () => {
    const wrong = [
      [money('1', 'GBP'), money('1', 'USD')],
      [money('1', 'GBp'), money('1', 'ZAc')],
    ] as const
    for (const [one, other] of wrong) {
      expect(() => addMoney(one, other)).toThrow(expect.objectContaining({ code: 'CURRENCIES_DIFFER' }))
    }
  })

  test.each(['', 'NaN', '1,000', '0x1', '1e41', '1e-61'])('of %o is refused', (amount) => {
    expect(() => money(amount, 'GBP')).toThrow(expect.objectContaining({ code: 'AMOUNT_MALFORMED' }))
    expect(() => timesMoney(money('1', 'GBP'), amount)).toThrow(expect.objectContaining({ code: 'AMOUNT_MALFORMED' }))
  })

  test('that a host made of a row is the same money, and what is no money is refused', () => {
    const row = { amount: '950.60', unit: 'GBP' }
    expect(toMajor(row)).toEqual(money('950.6', 'GBP'))
    expect(sameMoney(row, money('95060', 'GBp'))).toBe(true)
    for (const unit of ['GBP', 'GBp']) {
      const wrong = { amount: 'abc', unit }
      const uses = [toMajor, addMoney, formatMoney, formatPrice, (one: typeof wrong) => timesMoney(one, '2')]
      for (const use of uses)
        expect(() => use(wrong)).toThrow(expect.objectContaining({ name: 'MoneyError', code: 'AMOUNT_MALFORMED' }))
    }
  })

  test('keeps every digit: sums of products in mixed units are those of whole numbers', () => {
    const units = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    const lot = fc.record({ price: units, quantity: units, minor: fc.boolean() })
    fc.assert(
      fc.property(fc.array(lot, { minLength: 1, maxLength: 20 }), (lots) => {
        const values = lots.map(({ price, quantity, minor }) =>
          timesMoney(money(`${price}e-9`, minor ? 'KWF' : 'KWD'), `${quantity}e-6`),
        )
        const exact = lots.reduce(
          (sum, { price, quantity, minor }) => sum + price * quantity * (minor ? 1n : 1000n),
          0n,
        )
        const [first = money('0', 'KWD'), ...others] = values
        const { amount, unit } = addMoney(first, ...others)
        expect(unit).toBe('KWD')
        const [whole = '', fraction = ''] = amount.split('.')
        expect(BigInt(whole + fraction.padEnd(18, '0'))).toBe(exact)
      }),
    )
  })
})

describe('money for people', () => {
  test('is in the major unit, with the digits of the currency and of the number', () => {
    expect(formatMoney(money('95060', 'GBp'))).toBe('£950.60')
    expect(formatMoney(money('1234567.5', 'ILA'))).toBe('₪12,345.68')
    expect(formatMoney(money('1500', 'KWF'), 'en-US')).toBe('KWD\u00a01.500')
    expect(formatMoney(money('-376.3', 'USD'), 'en-US')).toBe('-$376.30')
    expect(formatMoney(money('-0.4', 'GBp'))).toBe('£0.00')
    expect(formatMoney(money('123456789012345678901.25', 'JPY'), 'en-US')).toBe('¥123,456,789,012,345,678,901')
  })

  test('shows a price as it is quoted, and never pence as pounds', () => {
    expect(formatPrice(money('95.06', 'GBp'))).toBe('95.06 GBp')
    expect(formatPrice(money('123456789.123456789', 'USD'), 'en-US')).toBe('123,456,789.123456789 USD')
    // What Intl would do.
    expect(new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBp' }).format(95.06)).toBe('£95.06')
    const minor = fc.constantFrom('GBp', 'GBX', 'ZAc', 'ILA', 'USX', 'KWF')
    fc.assert(
      fc.property(minor, fc.integer({ min: 1, max: 10_000_000 }), (unit, amount) => {
        const price = money(String(amount), unit)
        expect(formatPrice(price)).toMatch(new RegExp(`^[\\d,]+ ${unit}$`))
        expect(formatMoney(price)).toBe(formatMoney(toMajor(price)))
      }),
    )
  })
})
