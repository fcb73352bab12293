import fc from 'fast-check'
import { expect, test } from 'vitest'

import { createJsonReader, decimalOf, JsonNumber, numberOf } from './json.ts'

const read = createJsonReader(['price', 'volume'])

test('every digit of the named numbers is kept', () => {
  const value = read('{"price": 123456789.123456789, "volume":9007199254740993}')
  expect(value).toEqual({
    price: new JsonNumber('123456789.123456789'),
    volume: new JsonNumber('9007199254740993'),
  })
})

test('for any decimal, the digits that were sent are those that are read', () => {
  const digits = fc.stringMatching(/^[1-9][0-9]{0,14}(\.[0-9]{0,19}[1-9])?$/)
  fc.assert(
    fc.property(digits, (source) => {
      const value = read(`{"price":${source}}`)
      const price = decimalOf((value as { readonly price: unknown }).price)
      expect(String(price)).toBe(source)
    }),
  )
})

test('numbers that a double holds are numbers', () => {
  expect(read('{"price":189.5,"time":1757966400}')).toEqual({ price: 189.5, time: 1_757_966_400 })
  expect(read('{"price":0.12345678901234567,"time":1757966400}')).toMatchObject({ time: 1_757_966_400 })
})

test('what is not JSON is undefined, and what imitates a kept number is an object', () => {
  for (const text of ['', '{', 'NaN', '{"price":NaN}', "{'price':1}", '<html>']) expect(read(text)).toBeUndefined()
  const { price } = read('{"price":{"source":"1"}}') as { readonly price: unknown }
  expect([decimalOf(price), numberOf(price)]).toEqual([{ source: '1' }, { source: '1' }])
})

test('a number in quotation marks is not a number', () => {
  expect(decimalOf('189.5')).toEqual({ text: '189.5' })
  expect(numberOf('189.5')).toBe('189.5')
})
