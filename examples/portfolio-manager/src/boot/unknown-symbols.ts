import type { Logger } from '@pm/scheduler-core'

/** Warns of configured symbols without a price in the replay. They are polled nevertheless and count as failed. */
export function warnOfUnknownSymbols({ configured, known, logger }: UnknownSymbolsInput): void {
  if (configured === null || known === null) return
  for (const symbol of configured.filter((one) => !known.includes(one))) {
    logger.warn({}, `SYMBOLS: ${symbol} is unknown to the replay, which has ${shown(known)}`)
  }
}

/** A replay may have thousands of made ones, which come last. */
function shown(symbols: readonly string[]): string {
  return symbols.length > MOST_SHOWN ? `${symbols.slice(0, MOST_SHOWN).join(', ')}, …` : symbols.join(', ')
}

const MOST_SHOWN = 20

export interface UnknownSymbolsInput {
  readonly configured: readonly string[] | null
  readonly known: readonly string[] | null
  readonly logger: Logger
}
