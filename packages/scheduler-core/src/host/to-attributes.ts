import type { FeedAttribute, FeedAttributes } from '../ports/feeds.ts'
import { shorten } from '../run/clean-text.ts'
import { MAX_INSTANT } from '../schedule/instant.ts'

export interface AttributeTerms {
  readonly attributes: readonly Pick<FeedAttribute, 'name' | 'kind'>[]
  /** A text of the host as it is shown. */
  readonly toText: (text: string) => string
}

/** The values of the declared attributes that are of their kind, of a feed or a provider. */
export function toAttributes(given: FeedAttributes, { attributes, toText }: AttributeTerms): FeedAttributes {
  const values: Record<string, FeedAttributes[string]> = {}
  for (const { name, kind } of attributes) {
    const value = given[name]
    if (value !== undefined && value !== null && KINDS[kind](value)) {
      values[name] = typeof value === 'string' ? shorten(toText(value), LONGEST_TEXT) : value
    }
  }
  return values
}

const LONGEST_TEXT = 256

const KINDS: { readonly [K in FeedAttribute['kind']]: (value: unknown) => boolean } = {
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  number: (value) => Number.isFinite(value),
  instant: (value) => typeof value === 'number' && Math.abs(value) <= MAX_INSTANT,
}
