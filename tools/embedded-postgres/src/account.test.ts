import { expect, test } from 'vitest'

import { chooseRange } from './account.ts'

const ALL = '         0          0 4294967295\n'
const ROOTLESS = '         0       1000          1\n         1     100000      65536\n'

test.each([
  ['every number is mapped', ALL, ALL, { from: 2_000_300_000, to: 0x7ffe_0000 }],
  ['65,537 users are mapped', ROOTLESS, ROOTLESS, { from: 60_578, to: 61_184 }],
  ['fewer groups are mapped than users', ALL, ROOTLESS, { from: 60_578, to: 61_184 }],
  ['one user is mapped', '0 1000 1\n', '0 1000 1\n', null],
  ['the first numbers are not mapped', '5000 5000 4000000000\n', ALL, null],
  ['the system does not say', '', '', null],
])('where %s, the number is taken from what is mapped and nobody has', (_, uidMap, gidMap, range) => {
  expect(chooseRange(uidMap, gidMap)).toEqual(range)
})
