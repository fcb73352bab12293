import { ariaSort, type Column, type Sorting } from './column.ts'
import { ColumnHead } from './column-head.tsx'

export interface TableProps<T> {
  /** What the table holds; read out, not shown. */
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  readonly sorting?: Sorting
}

/** Every row of a plain table is in reach of the keyboard. */
const HERE = { isCurrent: true }

/** A table of up to a hundred rows; the first column names the row. Longer ones are a `VirtualTable`. */
export function Table<T>({ label, columns, rows, keyOf, sorting }: TableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <section class="table-scroll" tabIndex={0} aria-label={label}>
      <table class="table">
        <caption class="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                data-align={column.align}
                aria-sort={ariaSort(sorting?.order, column.order)}
              >
                <ColumnHead column={column} sorting={sorting} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-row>
              {columns.map(({ id, align, cell }, index) =>
                index === 0 ? (
                  <th key={id} scope="row" data-align={align}>
                    {cell(row, HERE)}
                  </th>
                ) : (
                  <td key={id} data-align={align}>
                    {cell(row, HERE)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
