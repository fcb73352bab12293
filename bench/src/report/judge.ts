import type { Target } from '../bench.ts'
import type { BenchResult, Cell, Row, Table } from '../result.ts'
import { cellText, headingOf, numberOf } from './figure.ts'

/** Whether a target is reached by every row that it is about; `null` where one of them could not be measured. */
export interface Verdict {
  readonly isReached: boolean | null
  /** What was measured, row by row. */
  readonly reached: string
}

export function judge({ table: name, column, rows, bound }: Target, result: BenchResult | null): Verdict {
  const table = result?.tables.find((each) => each.name === name)
  const found = table?.rows.filter((row) => row[column] !== undefined && isMatched(row, rows)) ?? []
  if (table === undefined || found.length === 0) return { isReached: null, reached: 'not measured' }
  const verdicts = found.map((row) => isWithin(row[column], bound))
  return {
    isReached: verdicts.includes(false) ? false : verdicts.includes(null) ? null : true,
    reached: shown(found, { column, bound })
      .map((row) => `${cellText(row[column])}${nameOf(row, table)}`)
      .join(', '),
  }
}

const MOST_SHOWN = 4

/** All of a few rows, and the worst of many. */
function shown(rows: readonly Row[], { column, bound }: Pick<Target, 'column' | 'bound'>): readonly Row[] {
  if (rows.length <= MOST_SHOWN) return rows
  const sign = 'atMost' in bound ? -1 : 1
  const value = (row: Row) => sign * (numberOf(row[column]) ?? 0)
  return rows.toSorted((a, b) => value(a) - value(b)).slice(0, 1)
}

function isMatched(row: Row, wanted: Target['rows']): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const cell = row[key]
    const values: readonly Cell[] = Array.isArray(value) ? value : [value]
    return cell !== undefined && values.includes(cell)
  })
}

function isWithin(cell: Cell | undefined, bound: Target['bound']): boolean | null {
  const value = numberOf(cell)
  if (value === null) return null
  return 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast
}

/** What tells a row from the others of its table: its texts, and the number that it begins with. */
function nameOf(row: Row, { columns }: Table): string {
  const parts = columns.slice(0, 2).flatMap((column) => {
    const cell = row[column.key]
    if (typeof cell === 'string') return [cell]
    return typeof cell === 'number' && column.unit === undefined ? [`${cellText(cell)} ${headingOf(column)}`] : []
  })
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}
