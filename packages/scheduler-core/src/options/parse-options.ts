import type * as z from 'zod'

import { type InvalidOptionsDetails, SchedulerError } from '../errors.ts'
import { describeValue } from './describe-value.ts'
import { expectation } from './expectation.ts'
import { namesAt } from './names-at.ts'
import { joinPath, valueAt } from './paths.ts'
import { suggestionFor } from './suggest.ts'

/**
 * Checks options against their schema and answers the parsed options. Throws `INVALID_OPTIONS` for the first mistake:
 * its path below `path`, the given value, the expected value, and a suggestion for a misspelt name. A schema's own `{
 * error: '…' }` is the text that follows "expected".
 */
export function parseOptions<T extends z.ZodType>(schema: T, value: unknown, path: string): z.output<T> {
  const result = read(schema, value, path)
  if (result.success) return result.data
  const details = result.error.issues.slice(0, 1).map((issue) => toDetails(issue, { schema, value, path }))
  throw new SchedulerError('INVALID_OPTIONS', details[0] ?? { path, received: describeValue(value), expected: VALID })
}

interface Parsed {
  readonly schema: z.ZodType
  readonly value: unknown
  readonly path: string
}

const VALID = 'a valid value'

function read<T extends z.ZodType>(schema: T, value: unknown, path: string) {
  try {
    return schema.safeParse(value, { error: expectation })
  } catch (cause) {
    const details = { path, received: `${describeValue(value)} that throws when it is read`, expected: 'plain values' }
    throw new SchedulerError('INVALID_OPTIONS', details, { cause })
  }
}

function toDetails(issue: z.core.$ZodIssue, { schema, value, path }: Parsed): InvalidOptionsDetails {
  const at = joinPath(path, issue.path)
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const known = [...new Set(namesAt(schema, issue.path))]
    const expected = known.length === 0 ? 'no such option' : `one of ${known.join(', ')}`
    return { path: joinPath(at, [key]), received: 'an unknown option', expected, ...suggestionFor(key, known) }
  }
  const received = valueAt(value, issue.path)
  const words = issue.code === 'invalid_value' ? issue.values.filter((word) => typeof word === 'string') : []
  return {
    path: at,
    received: describeValue(received),
    expected: issue.message || VALID,
    ...(typeof received === 'string' && suggestionFor(received, words)),
  }
}
