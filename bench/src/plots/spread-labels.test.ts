import { expect, it } from 'vitest'

import { spreadLabels } from './spread-labels.ts'

const SPACE = { least: 10, from: 0, to: 100 }

it.each([
  ['labels that are apart stay', [10, 50, 90], [10, 50, 90]],
  ['labels on one place move apart, in their order', [50, 50, 52], [50, 60, 70]],
  ['labels at the lower edge move up', [99, 100], [90, 100]],
  ['the order of the curves does not matter', [60, 20, 61], [60, 20, 70]],
])('%s', (_, wanted, places) => {
  expect(spreadLabels(wanted, SPACE)).toEqual(places)
})
