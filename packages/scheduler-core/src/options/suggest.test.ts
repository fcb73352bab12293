import { describe, expect, it } from 'vitest'

import { describeValue } from './describe-value.ts'
import { suggest } from './suggest.ts'

describe('the suggestion for a misspelt word', () => {
  it.each([
    ['minute', 'minutes'],
    ['Minutes', 'minutes'],
    ['minuets', 'minutes'],
    ['hour', 'hours'],
    ['xyz', null],
    ['', null],
  ])('%j -> %j', (word, expected) => {
    expect(suggest(word, ['days', 'hours', 'minutes', 'seconds'])).toBe(expected)
  })
})

describe('a received value in a message', () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular

  it.each<[unknown, string]>([
    ['5m', '"5m"'],
    ['x'.repeat(10_000), `"${'x'.repeat(59)}…"`],
    ['line\nbreak', '"line\\nbreak"'],
    [Number.NaN, 'NaN'],
    [-0, '-0'],
    [10n ** 100n, `1${'0'.repeat(58)}…`],
    [1n << 20_000_000n, 'a huge whole number'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [() => 5, 'a function'],
    [[1, 2], 'an array of 2'],
    [new Date(Number.NaN), 'an invalid Date'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [circular, 'an object'],
    [
      {
        get secret() {
          throw new Error('read')
        },
      },
      'an object',
    ],
  ])('is printed short and safe', (value, expected) => {
    expect(describeValue(value)).toBe(expected)
  })

  it('is printed even when every access to the value throws', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(describeValue(proxy)).toBe('an object')
  })
})
