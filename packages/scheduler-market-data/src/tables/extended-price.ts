import type { ExtendedPrice } from '../quote/quote.ts'
import { refuseValue, type TextRow, textOrNull } from './read-rows.ts'

/** Reads `extended`, a list of the session, the price and its time; `null` for none. */
export function readExtended(row: TextRow): ExtendedPrice | null {
  const list = textOrNull(row, 'extended')
  if (list === null) return null
  const [session, price = '', time = ''] = list.split(',')
  const eventTime = Number(time)
  if ((session !== 'pre' && session !== 'post') || price === '' || !Number.isSafeInteger(eventTime)) {
    return refuseValue('extended', list)
  }
  return { session, price: trimZeros(price), eventTime }
}

/** A decimal without the zeros at its end, as those of a quote have none. */
export function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}
