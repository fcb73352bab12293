import type { Declared } from '../ports/declared.ts'
import type { FeedsSource } from '../ports/feeds.ts'

/** The host's source with the checked copies of what it declares. */
export function checkFeeds<S>(
  source: FeedsSource<S, string> | undefined,
  { feedWords: words, feedAttributes: attributes = [], feedReasons: reasons = [] }: Declared,
): FeedsSource<S, string> | null {
  if (!source) return null
  const { read, judge, groups, timeoutMs } = source
  return Object.freeze({
    read,
    judge,
    words,
    attributes,
    reasons,
    ...(groups && { groups: groups.map((group) => Object.freeze({ ...group })) }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
}
