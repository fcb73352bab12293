import * as z from 'zod'

import { LEDGER_STATES, type LedgerState } from '../run/states.ts'

// Every field says what it expects in words of its own: what a caller sent is never part of an answer.

const INSTANT = 'an ISO 8601 instant with a zone, from 1970 to 9999'

export const instant = z.iso
  .datetime({ offset: true, error: INSTANT })
  .refine((text) => new Date(text).getTime() >= 0 && new Date(text).getTime() < Date.UTC(10_000, 0), { error: INSTANT })
const why = z
  .string({ error: 'text' })
  .max(500, { error: 'at most 500 characters' })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
  .refine((text) => text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text), {
    error: 'text without control characters and lone surrogates',
  })
const expectedVersion = z.int({ error: 'a whole number' }).nonnegative({ error: 'a whole number' })

/** The fields that every command accepts beside its own. */
export const reasonFields = { why: why.optional(), expected_version: expectedVersion.optional() }

/** The body of a command that has no further fields. */
export const commandBody = onlyFields(reasonFields)

/** The body of `POST /pause` and `POST /jobs/:job/pause`; without `until` the pause ends with `resume`. */
export const pauseBody = onlyFields({
  until: instant.nullable().optional(),
  why: why.optional(),
  expected_version: expectedVersion.optional(),
})

const limit = z
  .string()
  .regex(/^[1-9][0-9]{0,2}$/, { error: 'a whole number from 1 to 200' })
  .transform(Number)
  .refine((value) => value <= 200, { error: 'a whole number from 1 to 200' })

const cursor = z.string().regex(/^[\x21-\x7e]{1,512}$/, { error: 'the next_cursor of a page' })

/** The query of `GET /log`. */
export const pageQuery = onlyFields({ limit: limit.optional(), cursor: cursor.optional() })

export const jobName = z.string().regex(/^[a-z0-9][a-z0-9._:-]{0,63}$/, { error: 'the name of a job' })

const states = z.string().transform((text, context): readonly LedgerState[] => {
  const words = text.split(',')
  const known = LEDGER_STATES.filter((state) => words.includes(state))
  if (known.length === words.length) return known
  context.addIssue({ code: 'custom', message: `one or more of ${LEDGER_STATES.join(', ')}, between commas` })
  return z.NEVER
})

export const ORDER = { path: ['from'], error: 'an instant that is not after "to"' }

/** The query of `GET /runs`: due times in `[from, to)`, states separated by commas. */
export const runsQuery = onlyFields({
  limit: limit.optional(),
  cursor: cursor.optional(),
  job: jobName.optional(),
  state: states.optional(),
  from: instant.optional(),
  to: instant.optional(),
}).refine(({ from, to }) => isOrdered(from, to), ORDER)

/** Whether a range does not end before it begins. */
export function isOrdered(from: string | undefined, to: string | undefined): boolean {
  return from === undefined || to === undefined || new Date(from) <= new Date(to)
}

/** An object of these fields and no others: a misspelt one is refused, not ignored. */
export function onlyFields<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `no fields but ${Object.keys(shape).join(', ')}` : 'an object',
  })
}

export type CommandBody = z.input<typeof commandBody>
export type PauseBody = z.input<typeof pauseBody>
export type PageQueryParams = z.input<typeof pageQuery>
export type RunsQueryParams = z.input<typeof runsQuery>
