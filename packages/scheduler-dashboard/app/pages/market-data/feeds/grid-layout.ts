/** Where the cells of a grid are. All in CSS pixels. */
export interface GridLayout {
  /** From one cell to the next. */
  readonly pitch: number
  /** The width and height of a cell's sign. */
  readonly size: number
  readonly columns: number
  readonly rows: number
  readonly count: number
}

/** Cells are smaller where there are many. */
export function layGrid(count: number, width: number): GridLayout {
  const pitch = count <= 300 ? 20 : count <= 2_000 ? 16 : 12
  const columns = Math.max(1, Math.floor(width / pitch))
  return { pitch, size: pitch - 4, columns, rows: Math.ceil(count / columns), count }
}

export function placeOf({ pitch, columns }: GridLayout, index: number): { readonly x: number; readonly y: number } {
  return { x: (index % columns) * pitch, y: Math.floor(index / columns) * pitch }
}

/** The cell at a point; `null` where there is none. */
export function cellAt({ pitch, columns, count }: GridLayout, x: number, y: number): number | null {
  const column = Math.floor(x / pitch)
  const index = Math.floor(y / pitch) * columns + column
  return x < 0 || y < 0 || column >= columns || index >= count ? null : index
}

const PAGE_ROWS = 10

/** The cell that a key leads to; `null` when the key does not walk. */
export function walkGrid(key: string, at: number, { columns, count }: GridLayout): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    PageUp: at - PAGE_ROWS * columns,
    PageDown: at + PAGE_ROWS * columns,
    Home: 0,
    End: count - 1,
  }
  const next = steps[key]
  if (next === undefined) return null
  // Up and down stay in their column: at the edge they lead nowhere.
  if ((key === 'ArrowUp' || key === 'ArrowDown') && (next < 0 || next >= count)) return at
  return Math.max(0, Math.min(count - 1, next))
}
