export { describeQuoteProvider } from './describe-quote-provider.ts'
export type {
  CreateProviderHarness,
  ProviderHarness,
  SuiteClock,
  SuiteEntry,
  SuiteOptions,
  SuiteRequest,
} from './provider-harness.ts'
