import type { Config } from '../config/read-config.ts'
import type { MarketDataKind } from '../portfolio/stored-quote.ts'

/**
 * What a worker is told by the process that starts it. It goes through the channel between them, since arguments and
 * environment of a process can be read by others.
 */
export interface WorkerOrders {
  /** Such as `worker-1`: it stands on every line that the worker logs. */
  readonly name: string
  readonly databaseUrl: string
  readonly marketData: MarketDataKind
  readonly replayUrl: string | null
  /** Symbols that are polled beside the configured or held ones. */
  readonly made: readonly string[]
  readonly intervalSeconds: number
  readonly config: Pick<Config, 'symbols' | 'alphaVantageApiKey' | 'logFormat' | 'secrets'>
}

/** What the process says to a worker: its orders first, and in the end that it shall drain and go. */
export type ToWorker = { readonly kind: 'begin'; readonly orders: WorkerOrders } | { readonly kind: 'stop' }

/** What a worker says, once. */
export type FromWorker = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly why: string }
