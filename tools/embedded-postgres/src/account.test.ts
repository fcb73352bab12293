import { expect, test } from 'vitest'

import { chooseRange } from './account.ts'

const ALL = '         0          0 4294967295\n'
const ROOTLESS = '         0       1000          1\n         1     100000      65536\n'

test.each([
  ['every number is mapped', ALL, ALL, { from: 2 ** 30, to: 2 ** 31 - 1 }],
  ['65,537 users are mapped', ROOTLESS, ROOTLESS, { from: 61_200, to: 64_000 }],
  ['fewer groups are mapped than users', ALL, ROOTLESS, { from: 61_200, to: 64_000 }],
  ['one user is mapped', '0 1000 1\n', '0 1000 1\n', null],
  ['the first numbers are not mapped', '5000 5000 4000000000\n', ALL, null],
  ['the system does not say', '', '', null],
])('where %s, the number is taken from what is mapped and nobody has', (_, uidMap, gidMap, range) => {
  expect(chooseRange(uidMap, gidMap)).toEqual(range)
})
