import type { FeedRefusal } from './feed-refusal.ts'
import { compareFeed } from './quote-rows.ts'
import type { SENT_OF_REFUSAL } from './refusal-statement.ts'

export type RefusalRow = Readonly<Record<(typeof SENT_OF_REFUSAL)[number], string | number | null>>

/** The last refusal of each feed, in the order of `compareFeed`. */
export function toRefusalRows(refusals: readonly FeedRefusal[]): readonly RefusalRow[] {
  const last = new Map(refusals.map((refusal) => [JSON.stringify([refusal.symbol, refusal.provider]), refusal]))
  return [...last.values()]
    .toSorted(compareFeed)
    .map(({ symbol, provider, at, code, until, wasAsked, hasAnswered }) => ({
      symbol,
      provider,
      refusedAt: at,
      refusedCode: code,
      refusedUntil: until,
      askedAt: wasAsked ? at : null,
      answeredAt: hasAnswered ? at : null,
    }))
}
