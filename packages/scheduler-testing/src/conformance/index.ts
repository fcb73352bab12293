export type { CreateStoreHarness, StoreHarness, StoreSuiteOptions } from './harness.ts'
export { describeSessionProvider } from './sessions/describe-session-provider.ts'
export type { CreateSessionHarness, SessionHarness } from './sessions/harness.ts'
export { describeStore } from './store/describe-store.ts'
