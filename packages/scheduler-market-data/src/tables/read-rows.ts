import { SchedulerError } from '@pm/scheduler-core'

import type { LateSpan } from '../freshness/measure-lateness.ts'

/** A row whose columns are all text or `null`. */
export type TextRow = Readonly<Record<string, string | null>>

/** Throws `STORE_CORRUPT` for what is no row of texts: the host's `query` answers something else than asked for. */
export function textRow(row: unknown): TextRow {
  if (typeof row !== 'object' || row === null) throw corrupt('row', row)
  return row as TextRow
}

export function text(row: TextRow, field: string): string {
  const value = row[field]
  if (typeof value === 'string') return value
  throw corrupt(field, value)
}

export function textOrNull(row: TextRow, field: string): string | null {
  const value = row[field]
  if (value === null || typeof value === 'string') return value
  throw corrupt(field, value)
}

/** A whole number. */
export function whole(row: TextRow, field: string): number {
  return wholeOrNull(row, field) ?? refuseValue(field, null)
}

export function wholeOrNull(row: TextRow, field: string): number | null {
  const value = textOrNull(row, field)
  if (value === null) return null
  const number = Number(value)
  return value !== '' && Number.isSafeInteger(number) ? number : refuseValue(field, value)
}

/** A list of whole numbers, each of which may be missing. */
export function numbers(row: TextRow, field: string): readonly (number | null)[] {
  const list = text(row, field)
  return list.split(',').map((item) => {
    if (item === '') return null
    const number = Number(item)
    return Number.isSafeInteger(number) ? number : refuseValue(field, list)
  })
}

/** The spans of a list of instants. */
export function spans(row: TextRow, field: string): readonly LateSpan[] {
  if (text(row, field) === '') return NO_SPANS
  const instants = numbers(row, field)
  if (instants.length % 2 !== 0) refuseValue(field, row[field])
  return Array.from({ length: instants.length / 2 }, (_, at) => {
    return {
      from: instants[2 * at] ?? refuseValue(field, row[field]),
      to: instants[2 * at + 1] ?? refuseValue(field, row[field]),
    }
  })
}

const NO_SPANS: readonly LateSpan[] = Object.freeze([])

/** Throws `STORE_CORRUPT`. */
export function refuseValue(field: string, value: unknown): never {
  throw corrupt(field, value)
}

function corrupt(where: string, value: unknown): SchedulerError {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value)
  return new SchedulerError('STORE_CORRUPT', { where, value: shown })
}
