import { expect, it } from 'vitest'

import { aloneIn, pathOf } from './to-shapes.ts'

const placing = { x: (index: number) => index * 10, y: (value: number) => 100 - value, foot: 100, bar: 4 }

it('breaks a line at a gap', () => {
  expect(pathOf([1, 2, null, 4.56], 'line', placing)).toBe('M0 99L10 98M30 95.4')
  expect(pathOf([], undefined, placing)).toBe('')
})

it('shows a value between two gaps as a point', () => {
  expect(aloneIn([1, null, 2, null, 3, 4])).toEqual([0, 2])
})

it('stands bars on 0, and none where there is nothing', () => {
  expect(pathOf([50, 0, null], 'stack', placing)).toBe('M-2 100V50h4V100z')
})
