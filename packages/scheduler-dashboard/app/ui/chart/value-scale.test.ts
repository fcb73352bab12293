import { expect, it } from 'vitest'

import { scaleOf } from './value-scale.ts'

it.each([
  ['counts begin at 0 and have no fractions', [0, 3, null, 2], false, [0, 1, 2, 3]],
  ['a share that moves little is seen to move', [98.2, 99.6], false, [98, 98.5, 99, 99.5, 100]],
  ['a value that does not move stands above 0', [500, 500], false, [0, 200, 400, 600]],
  ['bars begin at 0', [900, 1_000], true, [0, 500, 1_000]],
  ['what is negative is shown', [-1_500, 2_000], false, [-2_000, 0, 2_000]],
  ['nothing is a scale too', [null], false, [0, 1]],
  ['no value at all is 0', [0, 0], true, [0, 1]],
] as const)('%s', (_name, values, hasBars, ticks) => {
  expect(scaleOf([values], { height: 120, hasBars }).ticks).toEqual(ticks)
})
