export { describeQuoteTables } from './describe-quote-tables.ts'
export type {
  CreateQuoteTablesHarness,
  QuoteTablesHarness,
  QuoteTablesHarnessInput,
} from './quote-tables-harness.ts'
