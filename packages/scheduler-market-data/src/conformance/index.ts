export { describeQuoteProvider } from './describe-quote-provider.ts'
export { describeQuoteTables } from './describe-quote-tables.ts'
export type {
  CreateProviderHarness,
  ProviderHarness,
  SuiteClock,
  SuiteEntry,
  SuiteOptions,
  SuiteRequest,
} from './provider-harness.ts'
export type {
  CreateQuoteTablesHarness,
  QuoteTablesHarness,
  QuoteTablesHarnessInput,
} from './quote-tables-harness.ts'
