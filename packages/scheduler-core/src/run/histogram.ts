/**
 * Counts of values in fixed logarithmic buckets: bucket and count in turn in one flat list, buckets ascending, no
 * counts of 0. The sum of two is the histogram of all their values, so a percentile costs the same over any number of
 * values.
 */
export type Histogram = readonly number[]

export const EMPTY_HISTOGRAM: Histogram = Object.freeze([])

/**
 * The bucket of a value, a whole number from 0. A bucket is 2 % of its lower bound wide, at least 1; below 100 each
 * value has its own. Bounds are whole numbers, so every runtime agrees. A negative number, a fraction or an infinity
 * goes into the nearest bucket.
 */
export function histogramBucketOf(value: number): number {
  if (!(value > 0)) return 0
  if (value < SINGLES) return Math.floor(value)
  let low = SINGLES
  let high = LOWER_BOUNDS.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lowerBoundOf(middle) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** The value that represents a bucket: its middle, at most 1 % from every value in it. */
export function representativeOf(bucket: number): number {
  const lower = lowerBoundOf(bucket)
  return lower + Math.floor((widthOf(lower) - 1) / 2)
}

/** The histogram of all values of several histograms. */
export function addHistograms(histograms: Iterable<Histogram>): Histogram {
  const counts = new Map<number, number>()
  for (const histogram of histograms) {
    let bucket = 0
    for (const [at, number] of histogram.entries()) {
      if (isCount(at)) counts.set(bucket, (counts.get(bucket) ?? 0) + number)
      else bucket = number
    }
  }
  if (counts.size === 0) return EMPTY_HISTOGRAM
  return [...counts].sort(([a], [b]) => a - b).flat()
}

/** The histogram of several values. */
export function histogramOfAll(values: readonly number[]): Histogram {
  const buckets = values.map(histogramBucketOf).sort((a, b) => a - b)
  const histogram: number[] = []
  let last = -1
  for (const bucket of buckets) {
    if (bucket !== last) histogram.push(bucket, 0)
    histogram[histogram.length - 1] = (histogram.at(-1) ?? 0) + 1
    last = bucket
  }
  return histogram
}

/** How many values the histogram counts. */
export function countOf(histogram: Histogram): number {
  return histogram.reduce((sum, number, at) => (isCount(at) ? sum + number : sum), 0)
}

/** The bucket of the `n`-th value in ascending order, counted from 1; `null` when there are not so many. */
export function bucketOfNth(histogram: Histogram, n: number): number | null {
  let bucket = 0
  let passed = 0
  for (const [at, number] of histogram.entries()) {
    if (isCount(at)) passed += number
    else bucket = number
    if (passed >= n) return bucket
  }
  return null
}

/** Whether the number at this index is a count: every second one is, of the bucket before it. */
function isCount(at: number): boolean {
  return at % 2 === 1
}

/** Below this bound every whole number has its own bucket. */
const SINGLES = 100

function widthOf(lower: number): number {
  return Math.max(1, Math.floor(lower / 50))
}

function lowerBoundOf(bucket: number): number {
  const lower = LOWER_BOUNDS[bucket]
  if (lower === undefined) throw new RangeError(`There is no bucket ${bucket}.`)
  return lower
}

/** The lower bound of every bucket, up to the greatest whole number that is exact. */
const LOWER_BOUNDS: readonly number[] = Object.freeze(lowerBounds())

/** How many buckets there are. */
export const BUCKET_COUNT = LOWER_BOUNDS.length

function lowerBounds(): number[] {
  const bounds: number[] = []
  for (let bound = 0; bound <= Number.MAX_SAFE_INTEGER; bound += widthOf(bound)) bounds.push(bound)
  return bounds
}
