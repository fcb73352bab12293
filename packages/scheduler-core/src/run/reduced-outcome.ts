import type { Settlement } from './ledger-entry.ts'
import type { StoredError } from './stored-error.ts'

/** What may be left out of an outcome that a store can never take, in this order. */
const LEFT_OUT = ['error text', 'provider calls', 'all but state and counts'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** An outcome without a part of it. */
export interface Reduction {
  readonly settlement: Settlement
  readonly leftOut: LeftOut
}

/**
 * The next smaller outcome after one that a store can never take, or `null` when nothing more can be left out. First the
 * error's text keeps its printable ASCII only; then calls go whose provider's name holds anything else; then all calls,
 * the progress and the error's text. State, times and items stay. A stored error says that something was left out. The
 * same outcome always becomes the same one.
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
    const { error } = settlement
    if (!error || (isAscii(error.message) && isAscii(error.name))) return null
    return { ...settlement, error: noted({ ...error, name: toAscii(error.name), message: toAscii(error.message) }) }
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

function toAscii(text: string): string {
  return text.replace(OTHERS, '?')
}

const ASCII = /^[\x20-\x7e\t\n\r]*$/
const OTHERS = /[^\x20-\x7e\t\n\r]+/g
