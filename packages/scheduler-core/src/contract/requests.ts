import * as z from 'zod'

import { noFieldsBut } from '../options/known-fields.ts'
import { isCleanText } from '../run/clean-text.ts'
import { LEDGER_STATES, type LedgerState, RUN_TRIGGERS, type RunTrigger } from '../run/states.ts'
import { exactSchema } from '../view/exactly.ts'

// Every field says what it expects in words of its own: what a caller sent is never part of an answer.

const INSTANT = 'an ISO 8601 instant with a zone, from 1970 to 9999'

export const instant = z.iso
  .datetime({ offset: true, error: INSTANT })
  .refine((text) => new Date(text).getTime() >= 0 && new Date(text).getTime() < Date.UTC(10_000, 0), { error: INSTANT })
const why = z
  .string({ error: 'text' })
  .max(500, { error: 'at most 500 characters' })
  .refine(isCleanText, { error: 'text without control characters and lone surrogates' })
const expectedVersion = z.int({ error: 'a whole number' }).nonnegative({ error: 'a whole number' })

/** The fields that every command accepts beside its own. */
export const reasonFields = { why: why.optional(), expected_version: expectedVersion.optional() }

/** The body of a command that has no further fields. */
export const commandBody: z.ZodType<CommandBody, CommandBody> = exactSchema(onlyFields(reasonFields))

/** The body of `DELETE /jobs/:job`. */
export const forgetBody: z.ZodType<ForgetBody, ForgetBody> = exactSchema(
  onlyFields({
    why: why.min(1, { error: 'a reason, for the log' }),
    expected_version: expectedVersion.optional(),
  }),
)

/** The body of `POST /jobs/:job/run`; the job's own schema says what its `input` is. */
export const runBody: z.ZodType<RunBody, RunBody> = exactSchema(
  onlyFields({ input: z.unknown().optional(), ...reasonFields }),
)

/** The body of `POST /pause` and `POST /jobs/:job/pause`; without `until` the pause ends with `resume`. */
export const pauseBody: z.ZodType<PauseBody, PauseBody> = exactSchema(
  onlyFields({
    until: instant.nullable().optional(),
    why: why.optional(),
    expected_version: expectedVersion.optional(),
  }),
)

const limit = z
  .string()
  .regex(/^[1-9][0-9]{0,2}$/, { error: 'a whole number from 1 to 200' })
  .transform(Number)
  .refine((value) => value <= 200, { error: 'a whole number from 1 to 200' })

const cursor = z.string().regex(/^[\x21-\x7e]{1,512}$/, { error: 'the next_cursor of a page' })

const A_JOB = { error: 'the name of a job' }

export const jobName = z.string(A_JOB).regex(/^[a-z0-9][a-z0-9._:-]{0,63}$/, A_JOB)

/** The query of `GET /log`. */
export const logQuery: z.ZodType<AskedLog, LogQueryParams> = exactSchema(
  onlyFields({
    limit: limit.optional(),
    cursor: cursor.optional(),
    job: jobName.optional(),
    run_id: z.guid({ error: 'the id of a run' }).optional(),
  }),
)

const instanceId = z.string().regex(/^[\x21-\x7e]{1,64}$/, { error: 'the id of an instance' })

/** One or more of these words, each once, between commas. */
function wordsOf<W extends string>(words: readonly W[]) {
  const expected = `one or more of ${words.join(', ')}, between commas`
  return z
    .string()
    .meta({ description: `${expected.charAt(0).toUpperCase()}${expected.slice(1)}.` })
    .transform((text, context): readonly W[] => {
      const asked = text.split(',')
      const known = words.filter((word) => asked.includes(word))
      if (known.length === asked.length) return known
      context.addIssue({ code: 'custom', message: expected })
      return z.NEVER
    })
}

export const ORDER = { path: ['from'], error: 'an instant that is not after "to"' }

/**
 * The query of `GET /runs`: due times in `[from, to)`, states and triggers separated by commas. `instance` and
 * `trigger` leave due times out that did not run.
 */
export const runsQuery: z.ZodType<AskedRuns, RunsQueryParams> = exactSchema(
  onlyFields({
    limit: limit.optional(),
    cursor: cursor.optional(),
    job: jobName.optional(),
    state: wordsOf(LEDGER_STATES).optional(),
    trigger: wordsOf(RUN_TRIGGERS).optional(),
    instance: instanceId.optional(),
    from: instant.optional(),
    to: instant.optional(),
  }).refine(({ from, to }) => isOrdered(from, to), ORDER),
)

/** Whether a range does not end before it begins. */
export function isOrdered(from: string | undefined, to: string | undefined): boolean {
  return from === undefined || to === undefined || new Date(from) <= new Date(to)
}

/** An object of these fields and no others: a misspelt one is refused, not ignored. */
export function onlyFields<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? noFieldsBut(Object.keys(shape)) : 'an object'),
  })
}

export interface CommandBody {
  readonly why?: string | undefined
  readonly expected_version?: number | undefined
}

export interface ForgetBody extends CommandBody {
  /** The reason, which this command needs. */
  readonly why: string
}

export interface RunBody extends CommandBody {
  /** What the run is given, at most 8 KB of JSON; `null` is none. */
  readonly input?: unknown
}

export interface PauseBody extends CommandBody {
  readonly until?: string | null | undefined
}

export interface PageQueryParams {
  readonly limit?: string | undefined
  readonly cursor?: string | undefined
}

export interface LogQueryParams extends PageQueryParams {
  readonly job?: string | undefined
  /** The commands that started or cancelled this run. */
  readonly run_id?: string | undefined
}

interface AskedPage {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

export interface RunsQueryParams extends PageQueryParams {
  readonly job?: string | undefined
  /** Between commas. */
  readonly state?: string | undefined
  /** Between commas. */
  readonly trigger?: string | undefined
  /** The id of the instance that owns the run or owned it last. */
  readonly instance?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface AskedLog extends AskedPage, Omit<LogQueryParams, 'limit'> {}

interface AskedRuns extends AskedPage, Omit<RunsQueryParams, 'limit' | 'state' | 'trigger'> {
  readonly state?: readonly LedgerState[] | undefined
  readonly trigger?: readonly RunTrigger[] | undefined
}
