import { COLUMNS, type ColumnName } from './columns.ts'
import type { TableNames } from './layout.ts'

export interface ScopeParts {
  /** The column and a comma, for a list of columns. */
  readonly prefix: string
  /** Its value and a comma, for a list of values. */
  readonly value: string
  /** The condition and an AND, for a WHERE. */
  readonly condition: string
  /** The number of the first parameter after the scope. */
  readonly first: number
}

/** What a scope adds to a statement, whose first parameter it is; nothing where there is none. */
export function scopeOf({ scope }: TableNames): ScopeParts {
  if (scope === null) return { prefix: '', value: '', condition: '', first: 1 }
  return { prefix: `${scope}, `, value: '$1::text, ', condition: `${scope} = $1::text AND `, first: 2 }
}

export interface SentArrays {
  readonly names: TableNames
  readonly sent: readonly ColumnName[]
  /** The number of the first of the parameters. */
  readonly first: number
}

/** The rows that come as one array for each column, as `given`. Instants come as milliseconds. */
export function sentArrays({ names, sent, first }: SentArrays): string {
  const columns = sent.map((name) => names.column[name])
  const read = (name: ColumnName) => {
    const column = names.column[name]
    return COLUMNS[name].kind === 'instant' ? `to_timestamp(${column} / 1000) AS ${column}` : column
  }
  return `given AS MATERIALIZED (
    SELECT ${sent.map(read).join(', ')}
      FROM unnest(${sent.map((name, at) => `$${first + at}::${SENT_TYPES[COLUMNS[name].kind]}[]`).join(', ')})
        AS given (${columns.join(', ')})
  )`
}

const SENT_TYPES = { text: 'text', decimal: 'numeric', instant: 'float8', count: 'bigint', spans: 'text' } as const

/** An instant as whole milliseconds. */
export function millisecondsOf(instant: string): string {
  return `(date_part('epoch', ${instant}) * 1000)::bigint`
}
