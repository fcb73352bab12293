import type { Logger } from '@pm/scheduler-core'

/** Warns of configured symbols without a price in the replay. They are polled nevertheless and count as failed. */
export function warnOfUnknownSymbols({ configured, known, logger }: UnknownSymbolsInput): void {
  if (configured === null || known === null) return
  for (const symbol of configured.filter((one) => !known.includes(one))) {
    logger.warn({}, `SYMBOLS: ${symbol} is unknown to the replay, which has ${known.join(', ')}`)
  }
}

export interface UnknownSymbolsInput {
  readonly configured: readonly string[] | null
  readonly known: readonly string[] | null
  readonly logger: Logger
}
