import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'

import { Decimal, divide, plain, readDecimal } from './decimal.ts'

const LIMITS = { whole: 15, fraction: 30 } as const

describe('a decimal', () => {
  test('is written plainly and without trailing zeros, so that equal values are equal texts', () => {
    for (const text of ['95.06', '95.0600', '0095.06', '9506e-2', '0.9506E2']) {
      expect(readDecimal(text, LIMITS)).toEqual({ kind: 'decimal', decimal: '95.06' })
    }
    expect(readDecimal('-0.00', LIMITS)).toEqual({ kind: 'decimal', decimal: '0' })
  })

  test('with too many digits is out of range, before it is written out', () => {
    for (const text of ['1e15', '1e999999999', `1e${'9'.repeat(400)}`, '1e-31', '1e-999999999', '9'.repeat(16)]) {
      expect(readDecimal(text, LIMITS)).toEqual({ kind: 'out-of-range' })
    }
    expect(readDecimal('1e14', LIMITS)).toEqual({ kind: 'decimal', decimal: '100000000000000' })
  })

  test('is what it was when a host has set its own Big to something else', () => {
    const { DP, strict, NE } = Big
    onTestFinished(() => void Object.assign(Big, { DP, strict, NE }))
    Object.assign(Big, { DP: 0, strict: true, NE: 0 })
    expect(readDecimal(1e-7, LIMITS)).toEqual({ kind: 'decimal', decimal: '0.0000001' })
    expect(divide(new Decimal('1'), new Decimal('3'), 4)).toBe('0.3333')
  })
})

test('a quotient is rounded once, half to even, as in whole numbers', () => {
  const operand = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
  const divisor = fc.bigInt({ min: 1n, max: 10n ** 9n })
  fc.assert(
    fc.property(operand, divisor, fc.nat(15), (dividend, divisor, scale) => {
      const quotient = divide(new Decimal(String(dividend)), new Decimal(String(divisor)), scale)
      expect(inUnits(quotient, scale)).toBe(halfEven(dividend * 10n ** BigInt(scale), divisor))
    }),
  )
  expect([divide(new Decimal(1), new Decimal(8), 2), divide(new Decimal(3), new Decimal(8), 2)]).toEqual([
    '0.12',
    '0.38',
  ])
  expect(plain(new Decimal('-0'))).toBe('0')
})

function halfEven(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n
  const [whole, rest] = [(sign * dividend) / divisor, (sign * dividend) % divisor]
  const up = rest * 2n > divisor || (rest * 2n === divisor && whole % 2n === 1n)
  return sign * (whole + (up ? 1n : 0n))
}

function inUnits(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}
