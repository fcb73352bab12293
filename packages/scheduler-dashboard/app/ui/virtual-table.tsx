import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Virtualizer, type VirtualizerHandle } from 'virtua'

import { strings } from '../strings/index.ts'
import { ariaSort, type Column, DEFAULT_WIDTH, type Sorting } from './column.ts'
import { ColumnHead } from './column-head.tsx'
import type { TableProps } from './table.tsx'
import { walkRows } from './walk-rows.ts'

export interface VirtualTableProps<T> extends TableProps<T> {
  /** How many rows there are in all, loaded or not; `null` when it is not known. */
  readonly total: number | null
  /** Called as the reader comes near the last loaded row. */
  readonly onEnd?: () => void
  readonly onVisible?: (range: { readonly first: number; readonly last: number }) => void
  /** Opens a row, by a click or by Enter. */
  readonly onOpen?: (row: T) => void
  /** Told of each key at a row, such as one that selects it. */
  readonly onKey?: (key: string, row: T) => void
  /** CSS height of the rows' area (default `min(60vh, 40rem)`). */
  readonly height?: string
  /** CSS width below which the table scrolls sideways (default 40rem). */
  readonly minWidth?: string
}

/** So many rows before the last one more page is asked for. */
const AHEAD = 20
/** After so long the list has come to rest. */
const SETTLED_MS = 400

/**
 * A table of any length: some sixty rows are in the document. One tab stop; j, k, arrows, Page Up and Down, Home and End
 * walk, Enter opens.
 */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, columns, rows, keyOf, sorting, total, onEnd, onVisible, onOpen, onKey } = props
  const { height = 'min(60vh, 40rem)', minWidth = '40rem' } = props
  const list = useRef<VirtualizerHandle>(null)
  const body = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const found = rows.findIndex((row) => keyOf(row) === chosen)
  const at = Math.max(0, found)
  const wanted = useRef<number | null>(null)
  // Keys may come faster than renders.
  const latest = useRef(0)
  latest.current = wanted.current ?? at
  // A row that was walked to comes into the document later, and loses the focus where the list moves it.
  function settle(): void {
    if (wanted.current === null) return
    body.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`)?.focus({ preventScroll: true })
  }
  useEffect(settle)

  function tellRange(): void {
    const { current } = list
    if (!current) return
    requestAnimationFrame(settle)
    const first = current.findItemIndex(current.scrollOffset)
    const last = current.findItemIndex(current.scrollOffset + current.viewportSize)
    onVisible?.({ first, last })
    if (last >= rows.length - AHEAD) onEnd?.()
  }

  function focusRow(index: number): void {
    const row = rows[index]
    if (row === undefined) return
    setChosen(keyOf(row))
    list.current?.scrollToIndex(index, { align: 'nearest' })
    wanted.current = index
    window.setTimeout(() => forget(wanted, index), SETTLED_MS)
    latest.current = index
  }

  function onKeyDown(event: KeyboardEvent): void {
    const isRow = event.target instanceof HTMLElement && event.target.matches('[data-index]')
    const row = rows[latest.current]
    if (!isRow || row === undefined) return
    onKey?.(event.key, row)
    const next = walkRows(event.key, latest.current, rows.length)
    if (next !== null) focusRow(next)
    else if (event.key === 'Enter' && onOpen) onOpen(row)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div class="vtable" style={sizesOf(columns, minWidth)}>
      <div
        class="vtable-inner"
        role="table"
        aria-label={label}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-colcount={columns.length}
      >
        <Head columns={columns} sorting={sorting} />
        <div ref={body} class="vtable-body" role="rowgroup" style={{ maxHeight: height }} onKeyDown={onKeyDown}>
          <Virtualizer ref={list} data={rows} onScroll={tellRange} onResize={tellRange} keepMounted={[at]}>
            {(row: T, index: number) => (
              <Row
                key={keyOf(row)}
                {...{ row, index, columns, onOpen }}
                isChosen={keyOf(row) === chosen}
                isStop={index === at}
                onChoose={() => setChosen(keyOf(row))}
              />
            )}
          </Virtualizer>
        </div>
      </div>
      {total !== null && <p class="sr-only">{strings.kit.shown(String(rows.length), String(total))}</p>}
    </div>
  )
}

function forget(wanted: { current: number | null }, index: number): void {
  if (wanted.current === index) wanted.current = null
}

function sizesOf<T>(columns: readonly Column<T>[], minWidth: string): JSX.CSSProperties {
  const tracks = columns.map(({ width = DEFAULT_WIDTH }) => width).join(' ')
  return { '--vtable-columns': tracks, '--vtable-min': minWidth }
}

interface RowProps<T> extends Pick<VirtualTableProps<T>, 'columns'> {
  readonly row: T
  readonly index: number
  readonly onOpen: ((row: T) => void) | undefined
  readonly isChosen: boolean
  /** Whether Tab comes to it. */
  readonly isStop: boolean
  readonly onChoose: () => void
}

function Row<T>({ row, index, columns, onOpen, isChosen, isStop, onChoose }: RowProps<T>) {
  return (
    <div
      class="vtable-row"
      role="row"
      data-row
      data-index={index}
      data-clickable={onOpen ? true : undefined}
      aria-rowindex={index + 2}
      aria-current={isChosen || undefined}
      tabIndex={isStop ? 0 : -1}
      onFocus={({ target, currentTarget }) => target === currentTarget && onChoose()}
      onClick={(event) => !isControl(event.target) && onOpen?.(row)}
    >
      {columns.map(({ id, align, cell }, column) => (
        <div key={id} role={column === 0 ? 'rowheader' : 'cell'} data-align={align}>
          {cell(row, { isCurrent: isStop })}
        </div>
      ))}
    </div>
  )
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, label, input, select, [role="listbox"]') !== null
}

function Head<T>({
  columns,
  sorting,
}: {
  readonly columns: readonly Column<T>[]
  readonly sorting: Sorting | undefined
}) {
  return (
    <div role="rowgroup">
      <div class="vtable-head" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            data-align={column.align}
            aria-sort={ariaSort(sorting?.order, column.order)}
          >
            <ColumnHead column={column} sorting={sorting} />
          </div>
        ))}
      </div>
    </div>
  )
}
