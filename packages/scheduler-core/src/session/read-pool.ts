import type { SessionProvider } from '../ports/session-provider.ts'

/** The state of a host's pool; a number that it does not tell is `null`. */
export interface PoolReading {
  readonly size: number | null
  readonly idle: number | null
  readonly waiting: number | null
  /** At least 1. */
  readonly most: number | null
}

/** Reads the state of the pool. It never throws, whatever the provider answers. */
export function readPool<S>(provider: SessionProvider<S>): PoolReading {
  try {
    const { size, idle, waiting, most } = provider.pool?.() ?? UNTOLD
    return {
      size: numberOrNull(size),
      idle: numberOrNull(idle),
      waiting: numberOrNull(waiting),
      most: typeof most === 'number' && most >= 1 ? most : null,
    }
  } catch {
    return UNTOLD
  }
}

const UNTOLD: PoolReading = Object.freeze({ size: null, idle: null, waiting: null, most: null })

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
