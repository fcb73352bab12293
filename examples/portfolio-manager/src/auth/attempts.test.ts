import fc from 'fast-check'
import { expect, test } from 'vitest'

import { createAttempts } from './attempts.ts'
import { networkOf } from './network-of.ts'

test('so many attempts are allowed in a window, and the next are told how long to wait', () => {
  let now = 0
  const attempts = createAttempts({ limit: 3, windowMs: 1_000, now: () => now })
  expect([1, 2, 3, 4].map(() => attempts.take('a'))).toEqual([0, 0, 0, 1_000])
  now = 400
  expect([attempts.take('a'), attempts.take('b')]).toEqual([600, 0])
  now = 1_000
  expect(attempts.take('a')).toBe(0)
})

test('an attempt that was given back does not count', () => {
  const attempts = createAttempts({ limit: 1, windowMs: 1_000, now: () => 0 })
  for (let round = 0; round < 10; round++) {
    expect(attempts.take('a')).toBe(0)
    attempts.giveBack('a')
  }
  attempts.giveBack('unknown')
  expect([attempts.take('a'), attempts.take('a')]).toEqual([0, 1_000])
})

test('whatever comes, no window of a key has more than its limit', () => {
  const step = fc.record({ key: fc.constantFrom('a', 'b', 'c'), passes: fc.nat({ max: 60 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let now = 0
      const attempts = createAttempts({ limit: 5, windowMs: 100, now: () => now })
      const allowed: { key: string; at: number }[] = []
      for (const { key, passes } of steps) {
        now += passes
        const waitMs = attempts.take(key)
        if (waitMs === 0) allowed.push({ key, at: now })
        expect(waitMs).toBeLessThanOrEqual(100)
      }
      // A window may begin anywhere, so that two of them meet in any span of its length.
      for (const { key, at } of allowed) {
        const near = allowed.filter((other) => other.key === key && other.at >= at && other.at < at + 100)
        expect(near.length).toBeLessThanOrEqual(10)
      }
    }),
  )
})

test('the oldest keys are forgotten when there are too many', () => {
  const attempts = createAttempts({ limit: 1, windowMs: 1_000, keys: 2, now: () => 0 })
  for (const key of ['a', 'b', 'c']) attempts.take(key)
  expect(['b', 'c', 'a'].map((key) => attempts.take(key) > 0)).toEqual([true, true, false])
})

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['', ''],
  ['not an address', 'not an address'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
