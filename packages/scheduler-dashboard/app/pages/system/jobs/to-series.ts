import type { HistoryView } from '@pm/scheduler-core/contract/v2'

/** The points of a history for a chart. */
export function toSeries({ points }: HistoryView): {
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
} {
  return { times: points.map(({ up_to }) => Date.parse(up_to)), values: points.map(({ value }) => value) }
}

/** Whether most values have none beside them. */
export function isSparse(values: readonly (number | null)[]): boolean {
  const known = values.filter((value) => value !== null).length
  const alone = values.filter(
    (value, at) => value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null,
  ).length
  return alone * 2 > known
}
