import type { ComponentChildren } from 'preact'

/** Where a cell is. */
export interface CellPlace {
  /**
   * Whether the reader's keyboard is at this row. A virtual table is one tab stop: what a cell holds is one too only in
   * this row.
   */
  readonly isCurrent: boolean
}

/** One column of a table. */
export interface Column<T> {
  readonly id: string
  readonly title: string
  readonly cell: (row: T, place: CellPlace) => ComponentChildren
  readonly align?: 'start' | 'end'
  /** What its numbers mean, in a sentence. */
  readonly help?: string
  /**
   * The word of the API's `order` for this column, with a dash where the first click sorts downwards; without it the
   * column cannot be sorted by.
   */
  readonly order?: string
  /** Of a virtual table: the width as a CSS grid track (default `minmax(6rem, 1fr)`). */
  readonly width?: string
}

/** `order` of the API: a word, with a dash before it when it descends. */
export interface Sorting {
  readonly order: string
  readonly onOrder: (order: string) => void
}

/** What a click on a column's head asks for. */
export function nextOrder(order: string, word: string): string {
  return order === word ? turned(word) : word
}

export function ariaSort(order: string | undefined, word: string | undefined): 'ascending' | 'descending' | undefined {
  if (word === undefined || order === undefined) return undefined
  if (order !== word && order !== turned(word)) return undefined
  return order.startsWith('-') ? 'descending' : 'ascending'
}

function turned(order: string): string {
  return order.startsWith('-') ? order.slice(1) : `-${order}`
}

/** The width below which columns are cut off: the sum of their least ones. */
export function leastWidthOf(columns: readonly Pick<Column<never>, 'width'>[]): string {
  const widths = columns.map(({ width = DEFAULT_WIDTH }) => Number(/^minmax\(([\d.]+)rem/.exec(width)?.[1] ?? 0))
  return `${widths.reduce((sum, one) => sum + one, 0)}rem`
}

/** The width of a column of a virtual table that names none. */
export const DEFAULT_WIDTH = 'minmax(6rem, 1fr)'
