import { describe, expect, it } from 'vitest'

import { countNewRows, type LoadedPage, pagesAt, putPage, rowsOf } from './pages.ts'

const keyOf = (row: string) => row
const page = (cursor: string | null, items: string, next: string | null): LoadedPage<string> => ({
  cursor,
  items: [...items],
  next_cursor: next,
})

const THREE = [page(null, 'abc', '1'), page('1', 'def', '2'), page('2', 'ghi', null)]

describe('a list in pages', () => {
  it('puts a further page at the end', () => {
    expect(putPage(THREE.slice(0, 2), page('2', 'ghi', null))).toEqual(THREE)
  })

  it('replaces a page in its place', () => {
    const next = putPage(THREE, page('1', 'dXf', '2'))
    expect(rowsOf(next, keyOf).join('')).toBe('abcdXfghi')
  })

  it('drops what no longer follows from a page that ends elsewhere', () => {
    expect(putPage(THREE, page(null, 'zab', '0'))).toEqual([page(null, 'zab', '0')])
  })

  it('shows a row once that has moved to the next page', () => {
    expect(rowsOf([page(null, 'zab', '1'), page('1', 'bcd', null)], keyOf).join('')).toBe('zabcd')
  })

  it('knows which pages are seen', () => {
    expect(pagesAt(THREE, { first: 0, last: 2 })).toEqual([THREE[0]])
    expect(pagesAt(THREE, { first: 2, last: 3 })).toEqual(THREE.slice(0, 2))
    expect(pagesAt(THREE, { first: 8, last: 20 })).toEqual([THREE[2]])
    expect(pagesAt([], { first: 0, last: 9 })).toEqual([])
  })

  it('counts rows that were not there', () => {
    expect(countNewRows(['a', 'b'], ['z', 'a', 'y'], keyOf)).toBe(2)
  })
})
