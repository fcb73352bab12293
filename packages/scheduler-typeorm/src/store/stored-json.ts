import { corrupt } from '../query.ts'

/** The fields of a stored object, each still unchecked. */
export type Fields<F extends string> = Readonly<Partial<Record<F, unknown>>>

/**
 * An object, whose fields the caller checks.
 *
 * @throws SchedulerError `STORE_CORRUPT` for anything else, as the other readers here do. `where` names what was read.
 */
export function objectOf(where: string, stored: unknown): object {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) throw corrupt(where, stored)
  return stored
}

export function textOf(where: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw corrupt(where, value)
}

export function wholeOf(where: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw corrupt(where, value)
}

/** A whole number that is not negative. */
export function countOf(where: string, value: unknown): number {
  const whole = wholeOf(where, value)
  if (whole < 0) throw corrupt(where, value)
  return whole
}
