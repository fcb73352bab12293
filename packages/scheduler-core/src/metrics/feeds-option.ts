import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { aFunction } from '../options/a-function.ts'
import { feedAttributes, feedGroups, feedReasons, feedWords } from './check-declared.ts'

/** The option `feeds` of a scheduler. */
export const feedsOption = lazily(() =>
  z.strictObject({
    read: aFunction(),
    judge: aFunction(),
    words: feedWords().optional(),
    attributes: feedAttributes().optional(),
    reasons: feedReasons().optional(),
    groups: feedGroups().optional(),
    timeoutMs: z.int().min(1).max(60_000).optional(),
  }),
)
