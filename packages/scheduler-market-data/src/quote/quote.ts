import type { EpochMs } from '@pm/scheduler-core'

/** A price as a provider quoted it, checked field by field. Only `checkQuote` makes one. */
export interface Quote {
  /** The symbol in the host's spelling. */
  readonly symbol: string
  /** In `currency`; finite, not 0, and negative only for an instrument whose price may be, such as a future. */
  readonly price: number
  /** Three letters as the provider writes them. Minor units keep their spelling: `GBp` is pence. */
  readonly currency: string
  /** When the price was made, by the provider's own time; never the time of the fetch. */
  readonly eventTime: EpochMs
  /** `day` when the provider names a trading day alone; `eventTime` is then derived from its session. */
  readonly eventTimePrecision: EventTimePrecision
  readonly fetchedAt: EpochMs
  readonly provider: string
  /** The name of the instrument, at most 120 characters; `null` when the provider sends none. */
  readonly name: string | null
  /** The close of the trading day before; `null` when it is unknown. */
  readonly previousClose: number | null
}

export type EventTimePrecision = 'exact' | 'day'
