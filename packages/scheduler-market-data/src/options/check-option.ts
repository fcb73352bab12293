import { refuseOption } from '@pm/scheduler-core/store'

export interface WholeNumberOption {
  readonly path: string
  readonly value: unknown
  readonly from: number
  readonly to?: number
}

/** Refuses an option that is not a whole number within its bounds. */
export function wholeNumber({ path, value, from, to = Number.MAX_SAFE_INTEGER }: WholeNumberOption): void {
  if (Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to) return
  const expected =
    to === Number.MAX_SAFE_INTEGER ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`
  refuseOption({ path, value, expected })
}

export interface PlainNameOption {
  readonly path: string
  readonly value: string
  /** Whether the name of a schema and a point may stand before it (default false). */
  readonly mayHaveSchema?: boolean
}

/** The name of a table or column, which stands in a statement as it is. Refuses one that is not plain and lower-case. */
export function plainName({ path, value, mayHaveSchema = false }: PlainNameOption): string {
  if ((mayHaveSchema ? TABLE : COLUMN).test(value)) return value
  return refuseOption({ path, value, expected: 'a plain lower-case name such as market_quotes' })
}

const COLUMN = /^[a-z_][a-z0-9_]{0,62}$/
const TABLE = /^([a-z_][a-z0-9_]{0,62}\.)?[a-z_][a-z0-9_]{0,62}$/

export interface KeysOption {
  readonly path: string
  readonly value: unknown
  /** The names that it may have. */
  readonly known: readonly string[]
}

/** Refuses what is no object, and an object with a name that is not known; a misspelt one gets a suggestion. */
export function knownKeys({ path, value, known }: KeysOption): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuseOption({ path, value, expected: `an object with ${known.join(', ')}` })
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown === undefined) return
  const expected = `one of ${known.join(', ')}`
  refuseOption({ path: `${path}.${unknown}`, value: unknown, received: 'an unknown option', expected, known })
}

/** Refuses what is no list. */
export function isList({ path, value }: { readonly path: string; readonly value: unknown }): void {
  if (!Array.isArray(value)) refuseOption({ path, value, expected: 'a list' })
}
