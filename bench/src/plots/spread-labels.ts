export interface LabelSpace {
  /** Between two labels. */
  readonly least: number
  readonly from: number
  readonly to: number
}

/** Moves labels that lie on each other apart, as little as it takes, and keeps their order and their space. */
export function spreadLabels(wanted: readonly number[], { least, from, to }: LabelSpace): readonly number[] {
  const order = wanted.map((at, index) => ({ at, index })).toSorted((a, b) => a.at - b.at || a.index - b.index)
  const places = wanted.map(() => 0)
  let next = from
  for (const { at, index } of order) {
    places[index] = Math.max(at, next)
    next = (places[index] ?? 0) + least
  }
  // What has been pushed out below moves up again, and pushes those above it.
  let limit = to
  for (const { index } of order.toReversed()) {
    places[index] = Math.min(places[index] ?? 0, limit)
    limit = (places[index] ?? 0) - least
  }
  return places
}
