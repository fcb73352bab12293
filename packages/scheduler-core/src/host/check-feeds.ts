import * as z from 'zod'

import { feedAttributes, feedGroups, feedReasons, feedWords } from '../metrics/check-declared.ts'
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

const callback = z.custom((value) => typeof value === 'function', { error: 'a function' })

/** The option `feeds`. */
export const feedsOption = z.strictObject({
  read: callback,
  judge: callback,
  words: feedWords.optional(),
  attributes: feedAttributes.optional(),
  reasons: feedReasons.optional(),
  groups: feedGroups.optional(),
  timeoutMs: z.int().min(1).max(60_000).optional(),
})
