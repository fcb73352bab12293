export const CAUSE_KINDS = ['cause', 'inner'] as const

/** An error behind a stored one, in the list of all of them: each comes before its own causes. */
export interface StoredCause {
  /** `cause`: the `cause` of the error above. `inner`: one of several that the error above gathers, as `Promise.any` does. */
  readonly kind: (typeof CAUSE_KINDS)[number]
  /** How far below the error itself, from 1. The error above is the last one in the list with a smaller depth. */
  readonly depth: number
  /** Its own code, as the code of the error itself is formed; `null` without one. */
  readonly code: string | null
  readonly name: string
  readonly message: string
  readonly sqlState?: string
  readonly httpStatus?: number
}
