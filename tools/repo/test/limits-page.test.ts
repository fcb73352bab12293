import { expect, it } from 'vitest'

import { numberInWords } from '../reference/limits-page.ts'

it.each([
  [Number.MAX_SAFE_INTEGER, '2^53 - 1'],
  [2 ** 31 - 1, '2^31 - 1'],
  [1e12, '10^12'],
  [1_000, '1,000'],
  [1_023, '1,023'],
])('%d is written as %s', (value, words) => {
  expect(numberInWords(value)).toBe(words)
})
