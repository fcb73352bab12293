import { addDistributions, type Histogram, histogramBucketOf } from '@pm/scheduler-core/store'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { createTestBed } from '../../test/test-bed.ts'
import { packedHistogram, parseHistogram, toHistogramNumber } from './histogram-number.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

const count = fc.oneof(
  fc.integer({ min: 1, max: 2_000 }),
  fc.integer({ min: 1, max: 9_007_199 }).map((n) => n * 1e8),
)
const histogram: fc.Arbitrary<Histogram> = fc
  .uniqueArray(fc.tuple(fc.oneof(fc.nat(99), fc.maxSafeNat()).map(histogramBucketOf), count), {
    maxLength: 12,
    selector: ([bucket]) => bucket,
  })
  .map((pairs) => pairs.sort(([a], [b]) => a - b).flat())

it('is summed by the server as histograms are added, for any count and bucket', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(histogram, { minLength: 1, maxLength: 5 }), async (histograms) => {
      const text = `SELECT ${packedHistogram('sum(n)')} AS packed FROM unnest($1::numeric[]) AS n`
      const [row]: { packed: string }[] = await dataSource.query(text, [histograms.map(toHistogramNumber)])
      expect(parseHistogram(row?.packed ?? '')).toEqual(
        addDistributions(histograms.map((each) => ({ max: 0, histogram: each }))).histogram,
      )
    }),
  )
})
