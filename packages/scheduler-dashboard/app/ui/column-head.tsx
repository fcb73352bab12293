import { strings } from '../strings/index.ts'
import { ariaSort, type Column, nextOrder, type Sorting } from './column.ts'
import { Icon } from './icons.tsx'

/** A column's title; a button where the list can be sorted by it. */
export function ColumnHead<T>({
  column,
  sorting,
}: {
  readonly column: Column<T>
  readonly sorting: Sorting | undefined
}) {
  const { title, help, order: word } = column
  if (word === undefined || sorting === undefined) return <span title={help}>{title}</span>
  const sorted = ariaSort(sorting.order, word)
  return (
    <button
      type="button"
      class="sort"
      title={help === undefined ? strings.kit.sortBy(title) : `${strings.kit.sortBy(title)}. ${help}`}
      onClick={() => sorting.onOrder(nextOrder(sorting.order, word))}
    >
      {title}
      {sorted && <Icon name={sorted === 'ascending' ? 'up' : 'down'} />}
    </button>
  )
}
