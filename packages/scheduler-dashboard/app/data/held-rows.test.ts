import { describe, expect, it } from 'vitest'

import { holdRows } from './held-rows.ts'

const row = (key: string, value = 0) => ({ key, value })
const hold = (shown: ReturnType<typeof row>[], next: ReturnType<typeof row>[]) =>
  holdRows(shown, next, ({ key }) => key)

describe('rows that the reader is at work in', () => {
  it('stay in their places with new values', () => {
    expect(hold([row('a'), row('b')], [row('b', 2), row('a', 1)])).toEqual({
      rows: [row('a', 1), row('b', 2)],
      waiting: null,
    })
  })

  it('wait when they are new, and count', () => {
    expect(hold([row('a'), row('b')], [row('n'), row('a'), row('m'), row('b')])).toEqual({
      rows: [row('a'), row('b')],
      waiting: { count: 2 },
    })
  })

  it('are added behind the last one: there they move nothing', () => {
    expect(hold([row('a')], [row('n'), row('a'), row('z')])).toEqual({
      rows: [row('a'), row('z')],
      waiting: { count: 1 },
    })
  })

  it('stay as they were when they are gone', () => {
    expect(hold([row('a', 1), row('b')], [row('b', 3)])).toEqual({ rows: [row('a', 1), row('b', 3)], waiting: null })
  })
})
