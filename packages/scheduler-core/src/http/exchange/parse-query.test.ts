import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../../errors.ts'
import { parseQuery } from './parse-query.ts'

describe('a query string', () => {
  it.each([
    ['', {}],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=', { a: '' }],
    ['a', { a: '' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=x+y%2B', { a: 'x y+' }],
    ['&a=1&&', { a: '1' }],
  ])('%s is read', (query, values) => {
    expect(parseQuery(query)).toEqual(values)
  })

  it.each(['a=1&a=2', 'a=1&%61=2', 'a=%', '%zz=1', 'a=%c0%af'])('%s is refused', (query) => {
    expect(() => parseQuery(query)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }))
  })

  it('never becomes a property that it does not own', () => {
    const values = parseQuery('__proto__=1&constructor=2')
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
  })

  it('is read back as it was written, or refused; nothing else ever happens', () => {
    const words = fc.dictionary(fc.string({ minLength: 1 }), fc.string())
    fc.assert(
      fc.property(words, (values) => {
        expect(parseQuery(new URLSearchParams(values).toString())).toEqual(values)
      }),
    )
    fc.assert(
      fc.property(fc.string(), (query) => {
        try {
          parseQuery(query)
        } catch (error) {
          expect(isSchedulerError(error, 'INVALID_REQUEST')).toBe(true)
        }
      }),
    )
  })
})
