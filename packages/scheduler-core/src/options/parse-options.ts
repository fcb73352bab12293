import type { z } from 'zod'

import { SchedulerError } from '../errors.ts'
import { describeValue } from './describe-value.ts'
import { suggest } from './suggest.ts'

/**
 * Checks options against their schema and answers what it makes of them. The first thing that is wrong is thrown as
 * `INVALID_OPTIONS`, with its path below `path`, what came, what is allowed, and the nearest known name for an
 * unknown one.
 */
export function parseOptions<T extends z.ZodType>(schema: T, value: unknown, path: string): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new SchedulerError(
    'INVALID_OPTIONS',
    issue
      ? toDetails(issue, { schema, value, path })
      : { path, received: describeValue(value), expected: 'something else' },
  )
}

interface Parsed {
  readonly schema: z.ZodType
  readonly value: unknown
  readonly path: string
}

function toDetails(issue: z.core.$ZodIssue, { schema, value, path }: Parsed) {
  const at = issue.path.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`),
    path,
  )
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const known = 'shape' in schema && typeof schema.shape === 'object' && schema.shape ? Object.keys(schema.shape) : []
    const suggestion = suggest(key, known)
    return {
      path: `${at}.${key}`,
      received: 'an unknown option',
      expected: `one of ${known.join(', ')}`,
      ...(suggestion !== null && { suggestion }),
    }
  }
  return { path: at, received: describeValue(valueAt(value, issue.path)), expected: issue.message }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}
