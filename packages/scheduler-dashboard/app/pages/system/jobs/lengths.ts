const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const PART = /(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d)\s*/gy

/** A length of time as one types it, such as `90s`, `1h 30m` or `250ms`, in milliseconds; `null` when it is none. */
export function readLength(text: string): number | null {
  const given = text.trim().toLowerCase()
  let read = 0
  let ms = 0
  for (const [part, count = '', unit = ''] of given.matchAll(PART)) {
    read += part.length
    ms += Number(count) * (UNITS[unit] ?? Number.NaN)
  }
  return given === '' || read !== given.length ? null : Math.round(ms)
}

/** The same length as `readLength` takes it. */
export function writeLength(ms: number): string {
  if (ms === 0) return '0s'
  let rest = ms
  const parts: string[] = []
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const size = UNITS[unit] ?? 1
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.join(' ')
}
