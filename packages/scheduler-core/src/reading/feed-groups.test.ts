import fc from 'fast-check'
import { expect, it } from 'vitest'

import { isGroupOk } from './feed-groups.ts'

const group = { name: 'prices', lateUnknown: 0 }

it('takes as many late feeds as the share says, whatever binary fractions make of it, and not one more', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(100), fc.nat(1_000), (total, percent, beyond) => {
      const most = Math.floor((total * percent) / 100)
      const mayBeLate = percent / 100
      expect(isGroupOk({ ...group, total, late: most, mayBeLate })).toBe(true)
      if (most < total) expect(isGroupOk({ ...group, total, late: most + 1, mayBeLate })).toBe(false)
      expect(isGroupOk({ ...group, total, late: Math.max(0, most - beyond), mayBeLate })).toBe(true)
    }),
    { examples: [[100, 29, 0]] },
  )
})
