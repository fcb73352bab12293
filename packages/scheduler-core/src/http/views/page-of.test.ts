import fc from 'fast-check'
import { expect, it } from 'vitest'

import { type Key, type PageOptions, pageOf } from './page-of.ts'

interface Item {
  readonly name: string
  readonly key: Key
}

const options = { keyOf: ({ key }: Item) => key, nameOf: ({ name }: Item) => name }

function walk(items: readonly Item[], { order, limit }: Pick<PageOptions<Item>, 'order' | 'limit'>): readonly Item[] {
  const met: Item[] = []
  let cursor: string | undefined
  do {
    const page = pageOf(items, { ...options, order, limit, cursor })
    met.push(...page.items)
    expect(page.items.length).toBeLessThanOrEqual(limit)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return met
}

const items = fc
  .uniqueArray(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 40 })
  .chain((names) =>
    fc.tuple(...names.map((name) => fc.record({ name: fc.constant(name), key: fc.option(fc.nat(5), { nil: null }) }))),
  )

it('a walk meets every item once, in order; those without a key last, in both directions', () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 7 }), fc.constantFrom('key', '-key'), (all, limit, order) => {
      const met = walk(all, { order, limit })
      expect(met.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort())
      const keys = met.map(({ key }) => key)
      const known = keys.filter((key) => typeof key === 'number')
      const ascending = known.toSorted((a, b) => a - b)
      expect(keys.slice(0, known.length)).toEqual(order === 'key' ? ascending : ascending.reverse())
    }),
  )
})

it('the last page has no cursor, also when it is full', () => {
  const two = [
    { name: 'a', key: 1 },
    { name: 'b', key: 1 },
  ]
  expect(pageOf(two, { ...options, order: 'key', limit: 2, cursor: undefined }).next_cursor).toBeNull()
})

it.each(['nonsense', 'W10', 'bnVsbA', '____'])('refuses the cursor %s', (cursor) => {
  const ask = () => pageOf<Item>([], { ...options, order: 'key', limit: 1, cursor })
  expect(ask).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }))
})

it('refuses the cursor of another order', () => {
  const all = [
    { name: 'a', key: 1 },
    { name: 'b', key: 2 },
  ]
  const { next_cursor } = pageOf(all, { ...options, order: 'key', limit: 1, cursor: undefined })
  const ask = () => pageOf(all, { ...options, order: '-key', limit: 1, cursor: next_cursor ?? '' })
  expect(ask).toThrow(expect.objectContaining({ details: expect.objectContaining({ path: 'query.cursor' }) }))
})
