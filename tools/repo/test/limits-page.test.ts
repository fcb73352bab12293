import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { root } from '../project.ts'
import { limitsPage, numberInWords } from '../reference/limits-page.ts'
import { readLimits } from '../reference/read-limits.ts'

it('the reference of limits is the one that the constants make (tools/repo/limits-page.ts writes it)', () => {
  expect(readFileSync(new URL('docs/reference/limits.md', root), 'utf8')).toBe(limitsPage(readLimits()))
})

it.each([
  [Number.MAX_SAFE_INTEGER, '2^53 - 1'],
  [2 ** 31 - 1, '2^31 - 1'],
  [1e12, '10^12'],
  [1_000, '1,000'],
  [1_023, '1,023'],
])('%d is written as %s', (value, words) => {
  expect(numberInWords(value)).toBe(words)
})
