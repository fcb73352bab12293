import type { ReferenceRates } from '@pm/scheduler-market-data'

/** Where reference rates come from. */
export interface RatesSource {
  /** The rates that are known now; `null` when there are none yet. Answers at once and never rejects. */
  read(): Promise<ReferenceRates | null>
  close(): Promise<void>
}

/** No rates: totals in several currencies stay apart. */
export const NO_RATES: RatesSource = Object.freeze({ read: async () => null, close: async () => {} })
