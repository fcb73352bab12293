import { refuseOption } from '@pm/scheduler-core/store'

import { wholeNumber } from '../options/check-option.ts'
import type { QuoteSource } from './quote-source.ts'

/** Throws `INVALID_OPTIONS` for a source without a name, or with a size of its batches that is none. */
export function checkSource({ name, batchSize }: QuoteSource): void {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
    refuseOption({ path: 'name', value: name, expected: 'a name such as yahoo_finance' })
  }
  wholeNumber({ path: 'batchSize', value: batchSize, from: 1, to: 500 })
}
