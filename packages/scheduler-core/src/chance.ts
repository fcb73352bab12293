/** A number in [0, 1), for jitter. */
export function random(): number {
  return Math.random()
}
