import {
  type Distribution,
  EMPTY_RUN_TALLY,
  histogramBucketOf,
  RUN_MEASURES,
  type RunTally,
} from '@pm/scheduler-core/store'

import { integer, type Row, text, word } from '../query.ts'

/** The distributions of one job's rows at the edges of a window. */
export interface EdgeTally extends Pick<RunTally, 'distributions'> {
  readonly name: string
  /** As in `selectMeasures`. */
  readonly span: number
}

/** Builds distributions from the rows of `selectEdgeValues`, which are in ascending order of value. */
export function toEdgeTallies(rows: readonly Row[]): readonly EdgeTally[] {
  const tallies = new Map<string, EdgeTally>()
  for (const row of rows) {
    const [name, span] = [text(row, 'name'), integer(row, 'span')]
    const key = `${span} ${name}`
    const known = tallies.get(key) ?? { name, span, distributions: NOTHING_MEASURED }
    const measure = word(row, 'measure', RUN_MEASURES)
    const grown = withValue(known.distributions[measure], integer(row, 'value'), integer(row, 'times'))
    tallies.set(key, { ...known, distributions: { ...known.distributions, [measure]: grown } })
  }
  return [...tallies.values()]
}

const NOTHING_MEASURED = EMPTY_RUN_TALLY.distributions

/** Adds a value that is not less than any value before it. */
function withValue({ histogram }: Distribution, value: number, times: number): Distribution {
  const bucket = histogramBucketOf(value)
  const [last, count = 0] = histogram.slice(-2)
  return {
    max: value,
    histogram: last === bucket ? [...histogram.slice(0, -1), count + times] : [...histogram, bucket, times],
  }
}
