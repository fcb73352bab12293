import { expect, it } from 'vitest'

import { drawnValues } from './drawn-values.ts'

it('stands the bars of a stack upon those of the series after, and keeps a gap a gap', () => {
  const drawn = drawnValues([
    { label: 'failed', values: [1, null, 2], kind: 'stack' },
    { label: 'succeeded', values: [3, null, 0], kind: 'stack' },
    { label: 'limit', values: [5, 5, 5] },
  ])
  expect(drawn).toEqual([
    [4, null, 2],
    [3, null, 0],
    [5, 5, 5],
  ])
})
