import type { HistoryView } from '@pm/scheduler-core/contract/v2'

/** The points of a history for a chart. */
export function toSeries({ points }: HistoryView): {
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
} {
  return { times: points.map(({ up_to }) => Date.parse(up_to)), values: points.map(({ value }) => value) }
}
