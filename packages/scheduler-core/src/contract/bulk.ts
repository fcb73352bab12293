import * as z from 'zod'

import { exactSchema } from '../view/exactly.ts'
import { type CommandResultView, commandResultObject } from './control.ts'
import { count } from './fields.ts'
import { type CommandBody, instant, onlyFields, reasonFields } from './requests.ts'

const A_TAG = 'a list of 1 to 20 tags, each of a-z, 0-9, and . _ : -'
const text = (limit: number) => {
  const error = `text of 1 to ${limit} characters`
  return z.string({ error }).min(1, { error }).max(limit, { error })
}

const bulkFields = {
  search: text(64).optional(),
  tags: z
    .array(z.string({ error: A_TAG }).regex(/^[a-z0-9][a-z0-9._:-]{0,63}$/, { error: A_TAG }), { error: A_TAG })
    .min(1, { error: A_TAG })
    .max(20, { error: A_TAG })
    .optional(),
  owner: text(200).optional(),
  dry_run: z.boolean({ error: 'true or false' }).optional(),
  expected_match: text(64).optional(),
  ...reasonFields,
}

const A_CONDITION = { error: 'one of search, tags, owner; POST /pause is for all jobs' }

/** The body of `POST /resume-jobs` and `POST /run-jobs`: one condition at least, and at most 500 jobs that meet it. */
export const bulkBody: z.ZodType<BulkBody, BulkBody> = exactSchema(
  onlyFields(bulkFields).refine(hasCondition, A_CONDITION),
)

/** The body of `POST /pause-jobs`; without `until` the pauses end with a resume. */
export const pauseJobsBody: z.ZodType<PauseJobsBody, PauseJobsBody> = exactSchema(
  onlyFields({ ...bulkFields, until: instant.nullable().optional() }).refine(hasCondition, A_CONDITION),
)

function hasCondition({ search, tags, owner }: BulkBody): boolean {
  return search !== undefined || tags !== undefined || owner !== undefined
}

const met = {
  match: z.string().describe('Changes when the filter meets others: the expected_match of a command.'),
  count: count.describe('How many jobs the filter meets.'),
}

/** A command to several jobs: what it did, or with `dry_run` the jobs that it would meet. */
export const bulkResult: z.ZodType<BulkResultView> = exactSchema(
  z.discriminatedUnion('dry_run', [
    z.object({ dry_run: z.literal(true), ...met, jobs: z.array(z.string()).describe('Their first 100 names.') }),
    commandResultObject.extend({
      dry_run: z.literal(false),
      ...met,
      jobs: z.array(z.string()).describe('The jobs that it changed or ran.'),
      runs: z.array(z.object({ job: z.string(), run_id: z.uuid() })),
      left: z
        .array(z.object({ job: z.string(), why: z.enum(['already', 'running', 'needs_input']) }))
        .describe('Those that it met and left alone.'),
    }),
  ]),
)

export interface BulkBody extends CommandBody {
  /** A part of the name; capitals do not matter. */
  readonly search?: string | undefined
  /** Jobs that have one of these. */
  readonly tags?: readonly string[] | undefined
  /** The whole text of the job's owner. */
  readonly owner?: string | undefined
  /** Whether only to say whom the command would meet (default false). */
  readonly dry_run?: boolean | undefined
  /** The `match` of the dry run: 412 when the filter meets others now. */
  readonly expected_match?: string | undefined
}

export interface PauseJobsBody extends BulkBody {
  readonly until?: string | null | undefined
}

interface Met {
  readonly match: string
  readonly count: number
  readonly jobs: readonly string[]
}

export type BulkResultView =
  | (Met & { readonly dry_run: true })
  | (Met &
      CommandResultView & {
        readonly dry_run: false
        readonly runs: readonly { readonly job: string; readonly run_id: string }[]
        readonly left: readonly { readonly job: string; readonly why: 'already' | 'running' | 'needs_input' }[]
      })
