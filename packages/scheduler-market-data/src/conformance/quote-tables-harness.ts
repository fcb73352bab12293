import type { SessionProvider } from '@pm/scheduler-core'

import type { QuoteTables } from '../tables/create-quote-tables.ts'
import type { DueBy } from '../tables/quote-rows.ts'

/** Empty tables of a host with its sessions, made for one test. */
export interface QuoteTablesHarness<S> {
  readonly sessions: SessionProvider<S>
  /** With the host's layout and scope, and the `dueBy` that the suite asks for. */
  readonly tables: QuoteTables<S>
  /** Releases everything; called after the test, whatever became of it. */
  close(): Promise<void>
}

export interface QuoteTablesHarnessInput {
  readonly dueBy: DueBy
}

export type CreateQuoteTablesHarness<S> = (input: QuoteTablesHarnessInput) => Promise<QuoteTablesHarness<S>>
