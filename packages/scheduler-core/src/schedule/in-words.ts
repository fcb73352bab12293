const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** A duration for people, its two largest units: `2 h 5 min`, `1 s 20 ms`. */
export function inWords(ms: number): string {
  const parts: string[] = []
  let rest = Math.round(ms)
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  if (rest > 0 || parts.length === 0) parts.push(`${rest} ms`)
  return parts.slice(0, 2).join(' ')
}
