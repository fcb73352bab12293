import { nodeUtil } from '../builtin.ts'

import { attemptInAscii, errorInAscii } from './in-ascii.ts'
import type { Settlement } from './ledger-entry.ts'
import type { StoredError } from './stored-error.ts'

/** The parts that are left out of an outcome that a store can never take, in this order. */
const LEFT_OUT = ['error text', 'provider calls', 'all but state and counts'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** An outcome, and the part that was left out. */
export interface Reduction {
  readonly settlement: Settlement
  readonly leftOut: LeftOut
}

/**
 * Leaves the next part out of an outcome that a store can never take; `null` when nothing more can be left out. First
 * it reduces the texts of its errors to printable ASCII; then it drops calls whose provider's name has any other character;
 * then all calls, the progress and the error's text. State, times and items stay, and a stored error says that
 * something was left out. Pure: the same outcome is always reduced in the same way.
 */
export function reduceOutcome(settlement: Settlement): Reduction | null {
  for (const leftOut of LEFT_OUT) {
    const less = REDUCE[leftOut](settlement)
    if (less) return { settlement: less, leftOut }
  }
  return null
}

const REDUCE: Readonly<Record<LeftOut, (settlement: Settlement) => Settlement | null>> = {
  'error text'(settlement) {
    const { error, pastAttempts } = settlement
    const inAscii = {
      ...settlement,
      error: error && errorInAscii(error),
      ...(pastAttempts && { pastAttempts: pastAttempts.map(attemptInAscii) }),
    }
    if (nodeUtil().isDeepStrictEqual(inAscii, settlement)) return null
    return { ...inAscii, error: inAscii.error && noted(inAscii.error) }
  },
  'provider calls'(settlement) {
    const calls = settlement.calls.filter(({ provider }) => isAscii(provider))
    if (calls.length === settlement.calls.length) return null
    return { ...settlement, calls, error: settlement.error && noted(settlement.error) }
  },
  'all but state and counts'(settlement) {
    const { error } = settlement
    const bare = error && { code: error.code, name: 'Error', message: NOTE }
    if (settlement.calls.length === 0 && settlement.progress === null && error?.message === bare?.message) return null
    return { ...settlement, calls: [], progress: null, error: bare }
  },
}

const NOTE = 'The database could not store all of this outcome: what it lacks was left out.'

function noted(error: StoredError): StoredError {
  return error.message.endsWith(NOTE) ? error : { ...error, message: `${error.message} ${NOTE}`.trimStart() }
}

function isAscii(text: string): boolean {
  return ASCII.test(text)
}

const ASCII = /^[\x20-\x7e\t\n\r]*$/
