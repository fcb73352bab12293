import { expect, it } from 'vitest'

import { inWords } from './in-words.ts'

it.each([
  [0, '0 ms'],
  [20, '20 ms'],
  [1_020, '1 s 20 ms'],
  [125 * 60_000 + 3_000, '2 h 5 min'],
  [3_600_000 + 1, '1 h 1 ms'],
  [9 * 86_400_000, '9 d'],
])('%d ms is %s', (ms, words) => {
  expect(inWords(ms)).toBe(words)
})
