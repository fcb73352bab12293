import { strings } from '../strings/index.ts'

const PARTS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** A length of time by its two largest parts, such as `3 min 12 s`; below a second in ms. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return strings.kit.none
  const length = Math.abs(ms)
  if (length < 999.5) return `${Math.round(length)} ms`
  if (length < 9_950) return `${(length / 1_000).toFixed(1).replace(/\.0$/, '')} s`
  return wholeParts(Math.round(length / 1_000) * 1_000)
}

/** How far an instant is from now, such as `in 3 min 12 s` or `4 h 2 min ago`. */
export function formatRelative(atMs: number, nowMs: number): string {
  const distance = atMs - nowMs
  if (Math.abs(distance) < 1_000) return strings.kit.now
  const words = wholeParts(Math.trunc(Math.abs(distance) / 1_000) * 1_000)
  return distance < 0 ? strings.kit.ago(words) : strings.kit.in(words)
}

/** A short length such as `90s`, `30m`, `1h` or `7d` in milliseconds; `null` when it is none. */
export function parseDuration(text: string): number | null {
  const [, count, unit] = /^(\d{1,5})([smhd])$/.exec(text) ?? []
  const ms = unit === 's' ? 1_000 : unit === 'm' ? 60_000 : unit === 'h' ? 3_600_000 : 86_400_000
  return count === undefined ? null : Number(count) * ms
}

function wholeParts(length: number): string {
  const first = PARTS.findIndex(([, size]) => length >= size)
  let rest = length
  const words: string[] = []
  for (const [unit, size] of PARTS.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) words.push(`${count} ${unit}`)
  }
  return words.join(' ')
}
