/** How the values of a chart lie between its foot and its top. */
export interface ValueScale {
  readonly least: number
  readonly most: number
  /** Round values between them. */
  readonly ticks: readonly number[]
}

/** A tick for each so many pixels at most. */
const TICK_PX = 40

/**
 * A scale with round ends. It begins at 0, unless the values are so close to each other that one would not see them move:
 * bars always begin there.
 */
export function scaleOf(
  values: readonly (readonly (number | null)[])[],
  { height, hasBars }: { readonly height: number; readonly hasBars: boolean },
): ValueScale {
  const known = values.flat().filter((value) => value !== null)
  const highest = Math.max(0, ...known)
  const lowest = Math.min(highest, ...known)
  const foot = !hasBars && lowest > highest / 2 && lowest < highest ? lowest : Math.min(0, lowest)
  const step = stepOf((highest - foot || 1) / Math.max(1, Math.floor(height / TICK_PX)), known.every(Number.isInteger))
  const first = Math.floor(foot / step)
  const last = Math.max(first + 1, Math.ceil(highest / step))
  // A multiplication each, since sums of fractions drift.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step))
  return { least: first * step, most: last * step, ticks }
}

/** The next of 1, 2, 5, 10 and so on; not below 1 where there are no fractions. */
function stepOf(least: number, isWhole: boolean): number {
  const magnitude = 10 ** Math.floor(Math.log10(least))
  const step = ([1, 2, 5].find((one) => one * magnitude >= least) ?? 10) * magnitude
  return isWhole ? Math.max(1, step) : step
}

function round(value: number): number {
  return Number(value.toPrecision(12))
}
