/** A row as it is shown; `isGone` when it is only there because the reader is at work among the rows. */
export interface HeldRow<T> {
  readonly row: T
  readonly isGone: boolean
}

export interface HeldRows<T> {
  readonly rows: readonly HeldRow<T>[]
  /** How many rows wait until the reader has left. */
  readonly waiting: number
}

/**
 * The rows to show. While the reader is at work among them, each keeps its place with its latest values, one that went
 * away stays, and new ones wait.
 */
export function holdRows<T extends { readonly id: string }>(
  shown: readonly HeldRow<T>[],
  next: readonly T[],
  { isHeld }: { readonly isHeld: boolean },
): HeldRows<T> {
  if (!isHeld || shown.length === 0) return { rows: next.map((row) => ({ row, isGone: false })), waiting: 0 }
  const latest = new Map(next.map((row) => [row.id, row]))
  const rows = shown.map(({ row }) => {
    const now = latest.get(row.id)
    return { row: now ?? row, isGone: now === undefined }
  })
  const known = new Set(shown.map(({ row }) => row.id))
  return { rows, waiting: next.filter(({ id }) => !known.has(id)).length }
}
