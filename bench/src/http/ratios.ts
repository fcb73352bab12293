/** The median of ratios, with the tenth and the ninetieth of a hundred. */
export function spread(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((x, y) => x - y)
  const at = (index: number) => (sorted[index] ?? Number.NaN).toFixed(2)
  const last = sorted.length - 1
  return `${median(ratios).toFixed(2)} (${at(Math.floor(0.1 * last))} to ${at(Math.ceil(0.9 * last))})`
}

export function median(all: readonly number[]): number {
  return all.toSorted((x, y) => x - y)[Math.floor(all.length / 2)] ?? Number.NaN
}
