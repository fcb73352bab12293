const STEPS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

/** A length of time that is read at a glance and does not tick: whole minutes, and seconds below one minute. */
export function formatCoarse(ms: number): string {
  const at = STEPS.findIndex(([, size]) => ms >= size)
  const first = STEPS[at]
  if (first === undefined) return `${Math.max(1, Math.floor(ms / 1_000))} s`
  const [unit, size] = first
  const next = STEPS[at + 1]
  const rest = next === undefined ? 0 : Math.floor((ms % size) / next[1])
  return `${Math.floor(ms / size)} ${unit}${next !== undefined && rest > 0 ? ` ${rest} ${next[0]}` : ''}`
}
