import { expect, it } from 'vitest'
import { providerCodes } from '../../../packages/scheduler-dashboard/app/strings/provider-codes.ts'
import {
  FAILURE_CODES,
  INVALID_QUOTE_CODES,
  RATE_LIMIT_CODES,
  UNKNOWN_SYMBOL_CODES,
} from '../../../packages/scheduler-market-data/src/quote/quote-result.ts'

it('the page has a sentence for each code of a refusal that the library can send, and for no other', () => {
  const codes = [...FAILURE_CODES, ...INVALID_QUOTE_CODES, ...RATE_LIMIT_CODES, ...UNKNOWN_SYMBOL_CODES]
  expect(Object.keys(providerCodes).toSorted()).toEqual(codes.toSorted())
})
