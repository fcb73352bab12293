import type { Declared } from '../ports/declared.ts'
import type { FeedsSource } from '../ports/feeds.ts'

/** The host's source with the checked copy of its words. */
export function checkFeeds<S>(
  source: FeedsSource<S, string> | undefined,
  { feedWords: words }: Declared,
): FeedsSource<S, string> | null {
  if (!source) return null
  const { read, judge, timeoutMs } = source
  return Object.freeze({ read, judge, words, ...(timeoutMs !== undefined && { timeoutMs }) })
}
