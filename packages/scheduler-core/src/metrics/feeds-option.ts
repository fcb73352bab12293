import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { feedAttributes, feedGroups, feedReasons, feedWords } from './check-declared.ts'

const callback = lazily(() => z.custom((value) => typeof value === 'function', { error: 'a function' }))

/** The option `feeds` of a scheduler. */
export const feedsOption = lazily(() =>
  z.strictObject({
    read: callback(),
    judge: callback(),
    words: feedWords().optional(),
    attributes: feedAttributes().optional(),
    reasons: feedReasons().optional(),
    groups: feedGroups().optional(),
    timeoutMs: z.int().min(1).max(60_000).optional(),
  }),
)
