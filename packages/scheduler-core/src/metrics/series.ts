import type { SeriesQuery } from '../ports/measures.ts'
import { BUCKET_WIDTHS, type BucketWidth } from '../run/windows.ts'

/** The widest stored buckets that fit a series without a remainder. */
export function seriesBucketWidth({ after, stepMs }: Pick<SeriesQuery, 'after' | 'stepMs'>): BucketWidth {
  const isWhole = (ms: number) => ms % BUCKET_WIDTHS.hour === 0
  return isWhole(after) && isWhole(stepMs) ? 'hour' : 'minute'
}
