import { addHistograms, EMPTY_HISTOGRAM, type Histogram, histogramBucketOf, histogramOfAll } from './histogram.ts'

/** The exact maximum of a measure, and a histogram for its percentiles. */
export interface Distribution {
  /** The greatest value; `null` when there is none. */
  readonly max: number | null
  readonly histogram: Histogram
}

export const EMPTY_DISTRIBUTION: Distribution = Object.freeze({ max: null, histogram: EMPTY_HISTOGRAM })

/** The distribution of one value, or of none. */
export function distributionOf(value: number | null): Distribution {
  return value === null ? EMPTY_DISTRIBUTION : { max: value, histogram: [histogramBucketOf(value), 1] }
}

/** The distribution of several values. */
export function distributionOfAll(values: readonly number[]): Distribution {
  if (values.length === 0) return EMPTY_DISTRIBUTION
  return { max: values.reduce((max, value) => Math.max(max, value)), histogram: histogramOfAll(values) }
}

/** The distribution of all values of several distributions. */
export function addDistributions(distributions: readonly Distribution[]): Distribution {
  if (distributions.length === 0) return EMPTY_DISTRIBUTION
  return {
    max: distributions.reduce<number | null>((max, each) => greater(max, each.max), null),
    histogram: addHistograms(distributions.map(({ histogram }) => histogram)),
  }
}

/** The greater of two maxima, either of which may be missing. */
export function greater(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
