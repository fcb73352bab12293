/** The median of ratios, with the tenth and the ninetieth of a hundred. */
export function spread(ratios: readonly number[]): string {
  const sorted = ratios.toSorted((x, y) => x - y)
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN).toFixed(2)
  return `${median(ratios).toFixed(2)} (${at(0.1)} to ${at(0.9)})`
}

export function median(all: readonly number[]): number {
  return all.toSorted((x, y) => x - y)[Math.floor(all.length / 2)] ?? Number.NaN
}
