import * as z from 'zod'

import { suggestionFor } from '../options/suggest.ts'

/** Words between commas, each one of these. */
export function wordsOf<W extends string>(known: readonly W[]): z.ZodType<readonly W[], string> {
  const error = `one or more of ${known.join(', ')}, between commas`
  return z.string({ error }).transform((text, context): readonly W[] => {
    const words = text.split(',')
    const unknown = words.find((word) => !known.some((one) => one === word))
    if (unknown === undefined) return known.filter((one) => words.includes(one))
    // Only the suggestion is answered, which is one of the known words.
    context.addIssue({ code: 'custom', message: error, params: suggestionFor(unknown.slice(0, 64), known) })
    return z.NEVER
  })
}

/** One of these words. */
export function wordOf<W extends string>(known: readonly W[]): z.ZodType<W, W> {
  return z.enum(known, { error: `one of ${known.join(', ')}` })
}

/** A whole number in digits, from 1 to a limit. */
export function upTo(limit: number): z.ZodType<number, string> {
  const error = `a whole number from 1 to ${limit}`
  return z
    .string()
    .regex(/^[1-9]\d{0,5}$/, { error })
    .transform(Number)
    .refine((value) => value <= limit, { error })
}
