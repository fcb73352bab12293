import type { Cell, Column } from '../result.ts'

/** A number with about three significant digits, and thousands apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return NOT_MEASURED
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.01 || size === 0 ? 2 : 4
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

const NOT_MEASURED = '-'

/** What a cell says; empty for a cell that is not there. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  if (cell === null) return NOT_MEASURED
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return figure(cell)
  const [median, p10, p90] = [cell.median, cell.p10, cell.p90].map((value) => figure(value ?? Number.NaN))
  return p10 === p90 ? `${median}` : `${median} (${p10} to ${p90})`
}

export function headingOf({ title, unit }: Column): string {
  return unit === undefined || unit === 'x' ? title : `${title} ${unit}`
}

/** The number by which a cell is judged and drawn. */
export function numberOf(cell: Cell | undefined): number | null {
  const value = typeof cell === 'object' && cell !== null ? cell.median : cell
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
