import type { Clock } from '@pm/scheduler-core'

import type { UnknownSymbolOptions } from '../limits/provider-options.ts'
import { type UnknownSymbolCode, type UnknownSymbolRefusal, unknownSymbol } from '../quote/quote-result.ts'
import { endOfWait } from '../time/end-of-wait.ts'

/**
 * Remembers the symbols that a provider does not know, so that they are not asked for at every poll. Of a symbol that
 * has had a quote one absence is not believed, since answers leave symbols out by mistake; a second in a row is.
 */
export interface UnknownSymbols {
  /** Why a symbol need not be asked for now, and from when that is known; `null` when it must be. */
  recall(key: string): UnknownSymbolRefusal | null
  /** The provider does not know the symbol: the refusal, with the time at which it is asked again. */
  missing(key: string, code: UnknownSymbolCode): UnknownSymbolRefusal
  /** The provider had a quote of it. */
  found(key: string): void
}

interface Missing {
  /** The refusal as it is told later. */
  readonly remembered: UnknownSymbolRefusal
  readonly waitMs: number
  /** On the monotonic clock. */
  readonly until: number
}

export function createUnknownSymbols(clock: Clock, options: Required<UnknownSymbolOptions>): UnknownSymbols {
  const { askAgainMs, maxAskAgainMs, max } = options
  const missing = new Map<string, Missing>()
  /** The symbols that had a quote, with whether the latest answer left them out. */
  const found = new Map<string, boolean>()

  return {
    recall(key) {
      const known = missing.get(key)
      return known !== undefined && clock.monotonic() < known.until ? known.remembered : null
    },
    missing(key, code) {
      if (code === 'UNKNOWN_SYMBOL' && found.get(key) === false) {
        found.set(key, true)
        return unknownSymbol(code)
      }
      found.delete(key)
      const before = missing.get(key)
      const waitMs =
        before === undefined ? Math.min(askAgainMs, maxAskAgainMs) : Math.min(before.waitMs * 2, maxAskAgainMs)
      const refusal = unknownSymbol(code, endOfWait(clock, waitMs))
      const remembered = Object.freeze({ ...refusal, rememberedFrom: clock.now() })
      keep(missing, key, { remembered, waitMs, until: clock.monotonic() + waitMs }, max)
      return refusal
    },
    found(key) {
      missing.delete(key)
      if (found.get(key) !== false) keep(found, key, false, max)
    },
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  map.set(key, value)
  if (map.size <= max) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
