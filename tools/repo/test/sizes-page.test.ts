import { expect, it } from 'vitest'

import { outdatedRows, sizesPage } from '../sizes/sizes-page.ts'

const page = (own: number, client: number) =>
  sizesPage(
    [{ entry: '@pm/one', own, ours: 20_000, all: 30_000 }],
    [{ what: 'a page with the client', size: client, limit: 4_000 }],
  )

it('tells every size in KB', () => {
  expect(page(10_049, 3_600)).toMatch(/^\| `@pm\/one` +\| +10\.0 \| +20\.0 \| +30\.0 \|$/m)
})

it('is outdated where a size has moved further than by the share', () => {
  expect(outdatedRows(page(10_000, 3_600), page(10_200, 3_700), 0.03)).toEqual([])
  expect(outdatedRows(page(10_000, 3_600), page(10_400, 3_600), 0.03)).toEqual(['`@pm/one`'])
  for (const [old, newer] of [
    ['', page(10_000, 3_600)],
    [page(10_000, 3_600), ''],
  ] as const) {
    expect(outdatedRows(old, newer, 0.03)).toEqual(['a page with the client', '`@pm/one`'])
  }
})
