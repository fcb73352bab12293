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

/** The expression to select for `parseHistogram`: the number as the protocol has it, which is short and quick to write. */
export function packedHistogram(number: string): string {
  return `encode(numeric_send(${number}), 'hex')`
}

/** The number of a histogram that is stored as JSON: bucket and count in turn. */
export function numberOfJson(histogram: string): string {
  const [bucket, count] = ['2 * i', '2 * i + 1'].map((index) => `(${histogram} ->> (${index}))`)
  return `(
    SELECT coalesce(sum((${count} || 'e' || ${DIGITS} * ${bucket}::int)::numeric), 0)
    FROM generate_series(0, jsonb_array_length(${histogram}) / 2 - 1) AS i
  )`
}

/**
 * Reads a histogram that was selected with `packedHistogram`; `null` for a number that is none. The server has numbers in
 * digits of four decimals, of which a bucket has four: they begin at the weight of the first and go down to the last that is
 * not 0.
 */
export function parseHistogram(packed: string): Histogram | null {
  const bytes = Buffer.from(packed, 'hex')
  const [length, weight, sign] = [bytes.readInt16BE(0), bytes.readInt16BE(2), bytes.readUInt16BE(4)]
  if (sign !== POSITIVE || weight < length - 1) return null
  const histogram: number[] = []
  for (let digit = length - 1; digit >= 0; digit--) {
    const place = weight - digit
    const bucket = Math.floor(place / DIGITS_OF_BUCKET)
    const amount = bytes.readInt16BE(HEAD_BYTES + 2 * digit) * 10_000 ** (place % DIGITS_OF_BUCKET)
    if (amount === 0) continue
    if (histogram.at(-2) === bucket) histogram[histogram.length - 1] = (histogram.at(-1) ?? 0) + amount
    else histogram.push(bucket, amount)
  }
  return histogram.length === 0 ? EMPTY_HISTOGRAM : histogram
}

const POSITIVE = 0
const HEAD_BYTES = 8
const DIGITS_OF_BUCKET = DIGITS / 4
