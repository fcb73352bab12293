import { EMPTY_HISTOGRAM, type Histogram } from '@pm/scheduler-core/store'

/** How many decimal digits each bucket has. */
const DIGITS = 16

/**
 * A histogram as one number: bucket 0 in the last sixteen decimal digits, bucket 1 in the sixteen before them, and so
 * on, each with its count. Sixteen digits hold every count up to `MAX_COUNT`, so that no count carries over into the
 * next bucket and adding two numbers adds two histograms: `+` and `sum()` of numeric merge them. PostgreSQL stores only
 * the digits between the first and the last bucket that is not empty.
 */
export function toHistogramNumber(histogram: Histogram): string {
  let digits = ''
  let next = 0
  for (let at = histogram.length - 2; at >= 0; at -= 2) {
    const [bucket = 0, count = 0] = [histogram[at], histogram[at + 1]]
    if (digits !== '') digits += '0'.repeat((next - bucket - 1) * DIGITS)
    digits += String(count).padStart(DIGITS, '0')
    next = bucket
  }
  return digits === '' ? '0' : `${digits}e${next * DIGITS}`
}

/** The expression to select for `parseHistogram`: the number without its trailing zeros, and its full length. */
export function packedHistogram(number: string): string {
  return `rtrim(${number}::text, '0') || 'e' || length(${number}::text)`
}

/** The number of a histogram that is stored as JSON: bucket and count in turn. */
export function numberOfJson(histogram: string): string {
  const [bucket, count] = ['2 * i', '2 * i + 1'].map((index) => `(${histogram} ->> (${index}))`)
  return `(
    SELECT coalesce(sum((${count} || 'e' || ${DIGITS} * ${bucket}::int)::numeric), 0)
    FROM generate_series(0, jsonb_array_length(${histogram}) / 2 - 1) AS i
  )`
}

/** Reads a histogram that was selected with `packedHistogram`. */
export function parseHistogram(packed: string): Histogram {
  const [digits = '', length] = packed.split('e')
  if (digits === '') return EMPTY_HISTOGRAM
  const zeros = Number(length) - digits.length
  const histogram: number[] = []
  let bucket = Math.floor(zeros / DIGITS)
  let end = digits.length
  // The last group may have lost trailing zeros too.
  let start = end - (DIGITS - (zeros % DIGITS))
  let scale = 10 ** (zeros % DIGITS)
  for (; end > 0; bucket++) {
    const count = Number(digits.slice(Math.max(0, start), end)) * scale
    if (count > 0) histogram.push(bucket, count)
    end = start
    start -= DIGITS
    scale = 1
  }
  return histogram
}
