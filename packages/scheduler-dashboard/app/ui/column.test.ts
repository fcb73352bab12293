import { expect, it } from 'vitest'

import { leastWidthOf } from './column.ts'

it('a table is as wide as its columns are at least, those without a width of their own too', () => {
  expect(leastWidthOf([{ width: 'minmax(11.5rem, 1fr)' }, { width: 'minmax(8rem, 1.5fr)' }, {}])).toBe('25.5rem')
})
