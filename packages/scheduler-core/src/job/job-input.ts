import type * as z from 'zod'

import { SchedulerError } from '../errors.ts'
import { MAX_INPUT_BYTES } from '../limits.ts'
import { describeValue } from '../options/describe-value.ts'
import { expectation } from '../options/expectation.ts'
import { noFieldsBut } from '../options/known-fields.ts'
import { joinPath, valueAt } from '../options/paths.ts'
import { suggestionFor } from '../options/suggest.ts'
import { MASK, type Redact } from '../redact/redact.ts'
import { findNoJson, type JsonValue } from '../run/json-value.ts'
import type { Job } from './job.ts'
import { hasLost, withoutSecrets } from './secret-input.ts'
import { unknownNames } from './unknown-name.ts'

/** An input that a job accepts. */
export interface CheckedInput {
  /** As it was given. `null`: none was, and the schema's defaults apply. */
  readonly input: JsonValue | null
  /** As it is stored: without secrets. */
  readonly stored: JsonValue | null
}

interface Taker extends Pick<Job, 'name' | 'input'> {
  /** Where errors find the input (default `input`). */
  readonly at?: string
}

const NONE: CheckedInput = Object.freeze({ input: null, stored: null })

/**
 * Checks an input by the schema of its job; `undefined` and `null` are none. Throws `INVALID_INPUT` with the path, what
 * came and what is allowed. What the schema marks as secret is in no error.
 */
export async function checkInput(job: Taker, given: unknown, redact: Redact): Promise<CheckedInput> {
  if (given === undefined || given === null) {
    if (job.input !== null) await parseInput(job, null)
    return NONE
  }
  if (job.input === null) refuse(job, { received: describeKind(given), expected: 'no input: this job takes none' })
  const input = toJson(job, given)
  const [unknown] = unknownNames(job.input, input)
  if (unknown) {
    const { path, name, known } = unknown
    const received = `the unknown field ${describeValue(name)}`
    refuse(job, { path, received, expected: noFieldsBut(known), ...suggestionFor(name, known) })
  }
  await parseInput(job, input, redact)
  return { input, stored: withoutSecrets(job.input, input, redact) }
}

/** What the handler gets for a stored input. Throws `INVALID_INPUT` and `INPUT_LOST`. */
export async function readInput(job: Taker, input: JsonValue | null): Promise<unknown> {
  if (job.input === null) return undefined
  if (hasLost(input)) throw new SchedulerError('INPUT_LOST', { job: job.name })
  return parseInput(job, input)
}

/** Without an input the schema is asked about nothing, and then about an object without fields. */
async function parseInput(job: Taker, input: JsonValue | null, redact?: Redact): Promise<unknown> {
  const { input: schema } = job
  if (schema === null) return undefined
  const result = await parse(job, schema, input === null ? undefined : input)
  if (result.success) return result.data
  const other = input === null ? await parse(job, schema, {}) : result
  if (other.success) return other.data
  const [issue] = other.error.issues
  const shown = input === null ? {} : withoutSecrets(schema, input, redact ?? ((text) => text))
  return refuse(job, { ...(issue && toRefusal(issue, shown)) })
}

async function parse(job: Taker, schema: z.ZodType, value: unknown) {
  try {
    return await schema.safeParseAsync(value, { error: expectation })
  } catch {
    return refuse(job, { received: 'a value on which its schema throws', expected: 'another value' })
  }
}

/** A copy that holds what JSON says. */
function toJson(job: Taker, given: unknown): JsonValue {
  const found = read(job, () => findNoJson(given))
  if (found)
    refuse(job, { path: found.path, received: describeKind(valueAt(given, found.path)), expected: found.expected })
  const text = read(job, () => JSON.stringify(given))
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_INPUT_BYTES)
    refuse(job, { received: `${bytes} bytes`, expected: `at most ${MAX_INPUT_BYTES} bytes of JSON` })
  if (text.includes(MASK))
    refuse(job, { received: `text with ${MASK}`, expected: `other text than ${MASK}, which stands for a secret` })
  return JSON.parse(text)
}

/** A getter of a foreign object may throw. */
function read<T>(job: Taker, from: () => T): T {
  try {
    return from()
  } catch {
    return refuse(job, { received: 'a value that throws when it is read', expected: 'plain values' })
  }
}

interface Refusal {
  readonly path?: readonly PropertyKey[]
  readonly received?: string
  readonly expected?: string
  readonly suggestion?: string
}

function toRefusal(issue: z.core.$ZodIssue, shown: JsonValue): Refusal {
  const value = valueAt(shown, issue.path)
  const words = issue.code === 'invalid_value' ? issue.values.filter((word) => typeof word === 'string') : []
  const suggestion = typeof value === 'string' ? suggestionFor(value, words) : {}
  const received = value === undefined ? 'nothing' : describeValue(value)
  return { path: issue.path, received, expected: issue.message, ...suggestion }
}

function refuse(
  { name, at = 'input' }: Pick<Taker, 'name' | 'at'>,
  { path = [], received = 'something else', expected = 'a valid input', ...more }: Refusal,
): never {
  throw new SchedulerError('INVALID_INPUT', { job: name, path: joinPath(at, path), received, expected, ...more })
}

/** A value of which nothing may be said but what it is. */
function describeKind(value: unknown): string {
  if (typeof value === 'string') return 'text'
  return typeof value === 'number' && Number.isFinite(value) ? 'a number' : describeValue(value)
}
