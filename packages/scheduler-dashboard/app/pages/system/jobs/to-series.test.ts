import { describe, expect, it } from 'vitest'

import { isSparse } from './to-series.ts'

describe('the values of a chart', () => {
  it('are drawn as bars when most stand alone', () => {
    expect(isSparse([null, 1, null, null, 2, null])).toBe(true)
    expect(isSparse([1, 2, 3, null, 4, null])).toBe(false)
    expect(isSparse([])).toBe(false)
  })
})
