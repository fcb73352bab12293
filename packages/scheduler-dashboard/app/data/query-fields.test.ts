import { describe, expect, it } from 'vitest'

import { oneOf, readQuery, someOf, text, whole, writeQuery } from './query-fields.ts'

const FIELDS = {
  search: text(8),
  order: oneOf(['name', '-name']),
  state: someOf(['ok', 'failing']),
  days: whole({ least: 1, most: 30, otherwise: 7 }),
}

describe('filters in the query string', () => {
  it('takes only what is valid', () => {
    expect(readQuery(FIELDS, '?search=much+too+long&order=drop&state=failing,evil&days=99')).toEqual({
      search: 'much too',
      order: 'name',
      state: ['failing'],
      days: 7,
    })
  })

  it('leaves out what is the default, and keeps what is of others', () => {
    expect(writeQuery(FIELDS, '?scheduler=b&order=-name', { order: 'name', state: ['ok'], days: 3 })).toBe(
      'scheduler=b&state=ok&days=3',
    )
  })
})
