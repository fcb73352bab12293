import { refuseOption } from '@pm/scheduler-core/store'

import { plainName } from '../options/check-option.ts'
import { COLUMNS, type ColumnName, isColumnName } from './columns.ts'

/** How a host names the tables of quotes and feeds, and their columns. */
export interface QuoteLayout {
  /** The table of all prices (default `quotes`), and that of the latest state of each feed (default `feeds`). */
  readonly names?: { readonly quotes?: string; readonly feeds?: string }
  /** Names of columns that differ from ours, in both tables, such as `{ eventTime: 'priced_at' }`. */
  readonly columns?: Partial<Readonly<Record<ColumnName, string>>>
  /**
   * A text column of both tables that keeps sets of prices apart, such as those of tenants, or live from replayed
   * prices (default none). It begins both keys.
   */
  readonly scope?: string
}

/** The checked names, ready to be written into a statement. */
export interface TableNames {
  readonly quotes: string
  readonly feeds: string
  readonly column: Readonly<Record<ColumnName, string>>
  readonly scope: string | null
}

/** Throws `INVALID_OPTIONS` for a name that is no plain lower-case identifier, is used twice, or is of no column of ours. */
export function checkLayout({ names = {}, columns = {}, scope }: QuoteLayout = {}): TableNames {
  const quotes = plainName({ path: 'layout.names.quotes', value: names.quotes ?? 'quotes', mayHaveSchema: true })
  const feeds = plainName({ path: 'layout.names.feeds', value: names.feeds ?? 'feeds', mayHaveSchema: true })
  const unknown = Object.keys(columns).find((key) => !isColumnName(key))
  if (unknown !== undefined) {
    refuseOption({ path: `layout.columns.${unknown}`, value: unknown, expected: Object.keys(COLUMNS).join(', ') })
  }
  const column = Object.fromEntries(
    Object.entries(COLUMNS).map(([key, { name }]) => {
      const value = columns[key as ColumnName] ?? name
      return [key, plainName({ path: `layout.columns.${key}`, value })]
    }),
  ) as Record<ColumnName, string>
  const used = [...Object.values(column), ...(scope === undefined ? [] : [scope])]
  if (scope !== undefined) plainName({ path: 'layout.scope', value: scope })
  const repeated = used.find((name, at) => used.indexOf(name) !== at)
  if (repeated !== undefined) {
    refuseOption({
      path: 'layout.columns',
      value: repeated,
      received: `"${repeated}" twice`,
      expected: 'distinct names',
    })
  }
  return { quotes, feeds, column, scope: scope ?? null }
}
