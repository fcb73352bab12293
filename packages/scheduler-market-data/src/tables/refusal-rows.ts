import type { FeedRefusal } from './feed-refusal.ts'
import type { SENT_OF_REFUSAL } from './refusal-statement.ts'

export type RefusalRow = Readonly<Record<(typeof SENT_OF_REFUSAL)[number], string | number | null>>

/** The last refusal of each feed, in the order in which `toPieces` has the feeds of quotes. */
export function toRefusalRows(refusals: readonly FeedRefusal[]): readonly RefusalRow[] {
  const last = new Map(refusals.map((refusal) => [JSON.stringify([refusal.symbol, refusal.provider]), refusal]))
  return [...last.values()]
    .toSorted((a, b) => compare(a.symbol, b.symbol) || compare(a.provider, b.provider))
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
