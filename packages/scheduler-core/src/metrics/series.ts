import type { SeriesQuery } from '../ports/measures.ts'
import { BUCKET_WIDTHS, type BucketWidth } from '../run/windows.ts'

/** The widest kept buckets that a series is made of without a remainder: hours where all its bounds are whole ones. */
export function seriesBucketWidth({ after, stepMs }: Pick<SeriesQuery, 'after' | 'stepMs'>): BucketWidth {
  const isWhole = (ms: number) => ms % BUCKET_WIDTHS.hour === 0
  return isWhole(after) && isWhole(stepMs) ? 'hour' : 'minute'
}
