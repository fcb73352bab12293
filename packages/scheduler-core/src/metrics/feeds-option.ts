import * as z from 'zod'

import { feedWords } from './check-declared.ts'

const callback = z.custom((value) => typeof value === 'function', { error: 'a function' })

/** The option `feeds` of a scheduler. */
export const feedsOption = z.strictObject({
  read: callback,
  judge: callback,
  words: feedWords.optional(),
  timeoutMs: z.int().min(1).max(60_000).optional(),
})
