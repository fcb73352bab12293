import { strings } from '../strings/index.ts'

const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A number in the viewer's locale; a dash for what is not known. */
export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? strings.kit.none : plain.format(value)
}

/** A number in few characters, such as `12.3K`. */
export function formatCompact(value: number | null | undefined): string {
  return value === null || value === undefined ? strings.kit.none : short.format(value)
}

/** A share that the API gives from 0 to 100. Never `100 %` while something is missing. */
export function formatPercent(value: number | null | undefined): string {
  if (value === null || value === undefined) return strings.kit.none
  const shown = value < 100 ? Math.min(Math.round(value * 10) / 10, 99.9) : value
  return `${oneDigit.format(shown)} %`
}

/** Bytes by thousands. */
export function formatBytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return strings.kit.none
  const step = value < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3))
  return `${oneDigit.format(value / 1_000 ** step)} ${UNITS[step]}`
}
