import { describe, expect, it } from 'vitest'

import { countNewRows, type LoadedPage, pagesAt, putPage, readFirst, readOn, rowsOf } from './pages.ts'

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

  it('reads on where a page has only rows that are shown, up to the end of the list', async () => {
    const read = async (cursor: string) => THREE.find((one) => one.cursor === cursor) ?? page(cursor, '', null)
    const from = (next: string, shown: string) => readOn({ shown: [...shown], next, read, keyOf })
    expect(await from('1', 'abc')).toEqual([THREE[1]])
    expect(await from('1', 'abcdef')).toEqual([THREE[1], THREE[2]])
    expect(await from('1', 'abcdefghi')).toEqual([THREE[1], THREE[2]])
    expect(await from('unknown', 'abc')).toEqual([page('unknown', '', null)])
  })

  it('reads the first rows, each once, although its pages begin again', async () => {
    const first = async (most: number, pages: readonly LoadedPage<string>[]) => {
      const read = async (cursor: string | null) => pages.find((one) => one.cursor === cursor) ?? page(cursor, '', null)
      return (await readFirst({ most, read, keyOf })).rows.join('')
    }
    expect(await first(99, THREE)).toBe('abcdefghi')
    expect(await first(4, THREE)).toBe('abcd')
    const again = [page(null, 'abc', '1'), page('1', 'bca', '2'), page('2', 'def', '3'), page('3', 'ghi', null)]
    expect(await first(6, again)).toBe('abcdef')
    const forEver = [page(null, 'ab', '1'), page('1', 'ab', '1')]
    expect(await first(3, forEver)).toBe('ab')
  })

  it('counts rows that were not there', () => {
    expect(countNewRows(['a', 'b'], ['z', 'a', 'y'], keyOf)).toBe(2)
  })
})
