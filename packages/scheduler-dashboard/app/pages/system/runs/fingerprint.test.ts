import { describe, expect, it } from 'vitest'

import { anError, aRun } from './a-run.testing.ts'
import { fingerprintOf, withSameError } from './fingerprint.ts'

const error = (message: string, code = 'ETIMEDOUT') => anError({ code, message })

describe('the same error', () => {
  it.each([
    ['page 12 did not answer within 2000 ms', 'page 7 did not answer within 1999.5 ms'],
    ['no row 01a2281b-2f80-871f-bebf-16068b3ccbf1', 'no row 99a2281b-2f80-871f-bebf-16068b3ccbf1'],
    ['at 0xdeadbeef', 'at 0x1234abcd'],
    ['two  lines\nof it', 'two lines of it'],
  ])('is "%s" and "%s"', (one, other) => {
    expect(fingerprintOf(error(one))).toBe(fingerprintOf(error(other)))
  })

  it('is not another message, and not another code', () => {
    expect(fingerprintOf(error('no such account'))).not.toBe(fingerprintOf(error('no such order')))
    expect(fingerprintOf(error('gone', 'A'))).not.toBe(fingerprintOf(error('gone', 'B')))
  })

  it('is found among the runs of a job', () => {
    const same = [1, 2].map((page) => aRun({ id: `${page}`, state: 'failed', error: error(`page ${page} is gone`) }))
    const others = [aRun({ id: '3' }), aRun({ id: '4', state: 'failed', error: error('else') })]
    expect(withSameError([...same, ...others], error('page 9 is gone')).map(({ id }) => id)).toEqual(['1', '2'])
  })
})
