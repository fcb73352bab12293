import * as z from 'zod'

import { lazily } from '../lazily.ts'

/** The schema of an option that is a function. */
export const aFunction = lazily(() =>
  z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', { error: 'a function' }),
)
