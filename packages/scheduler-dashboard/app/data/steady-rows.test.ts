import { expect, it } from 'vitest'

import { holdRows } from './steady-rows.ts'

const row = (name: string, value = 0) => ({ name, value })
const keyOf = ({ name }: { readonly name: string }) => name

it('keeps rows in their places with their latest values, and lets new ones wait', () => {
  const shown = [row('b'), row('a'), row('gone', 7)]
  expect(holdRows(shown, [row('new'), row('a', 2), row('b', 1)], keyOf)).toEqual({
    rows: [row('b', 1), row('a', 2), row('gone', 7)],
    waiting: { count: 1 },
  })
})

it('has nothing that waits while the same rows are there', () => {
  expect(holdRows([row('a')], [row('a', 3)], keyOf)).toEqual({ rows: [row('a', 3)], waiting: null })
})
