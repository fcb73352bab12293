import { describe } from 'vitest'

import type { DueBy } from '../tables/quote-rows.ts'
import { describeKeptLateness } from './kept-lateness.ts'
import { describeKeptPrices } from './kept-prices.ts'
import { describeKeptQuestions } from './kept-questions.ts'
import { describeManyQuotes } from './many-quotes.ts'
import type { CreateQuoteTablesHarness } from './quote-tables-harness.ts'
import { openScene } from './quote-tables-scene.ts'

/**
 * The conformance suite of `createQuoteTables` in a host's own tables. Call it at the top of a vitest file; it makes a
 * fresh harness for every test and closes it afterwards.
 */
export function describeQuoteTables<S>(name: string, createHarness: CreateQuoteTablesHarness<S>): void {
  describe(`tables of quotes: ${name}`, () => {
    const open = (dueBy?: DueBy) => openScene(createHarness, dueBy)
    describeKeptPrices(open)
    describeKeptQuestions(open)
    describeKeptLateness(open)
    describeManyQuotes(open)
  })
}
