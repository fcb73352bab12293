import { expect, test } from 'vitest'

import { createZoneNames, isZone } from './zone-names.ts'

test('says of every name what the platform says, also when asked again after a thousand others', () => {
  const knows = createZoneNames()
  const zones = Intl.supportedValuesOf('timeZone')
  const others = [2, 3].flatMap((number) => zones.map((zone) => `${zone}_${number}`))
  const expected = ['UTC', ...zones]
  for (const round of ['first', 'second']) {
    const told = ['UTC', ...zones, ...others, 'Mars/Base', 'BST', ''].filter(knows)
    expect({ round, told }).toEqual({ round, told: expected })
  }
  expect(['Asia/Kolkata', 'US/Eastern', 'BST', 'Mars/Base'].map(isZone)).toEqual([true, true, false, false])
})
