import { SchedulerError } from '../errors.ts'
import { describeValue } from './describe-value.ts'
import { suggestionFor } from './suggest.ts'

export interface Refusal {
  /** Where in the options, such as `jobs[0].timeoutMs`. */
  readonly path: string
  /** The value at that path, shown as `describeValue` does, unless `received` describes it. */
  readonly value: unknown
  readonly received?: string
  /** The accepted values, in words that follow "expected". */
  readonly expected: string
  /** The accepted words. The error suggests the one nearest to `value`. */
  readonly known?: readonly string[]
  /** The suggestion, when the caller knows it. */
  readonly suggestion?: string | null | undefined
}

/** Throws `INVALID_OPTIONS`, for code that checks an option without a schema. */
export function refuseOption({ path, value, received, expected, known = [], suggestion }: Refusal): never {
  const meant = suggestion ? { suggestion } : typeof value === 'string' ? suggestionFor(value, known) : {}
  throw new SchedulerError('INVALID_OPTIONS', { path, received: received ?? describeValue(value), expected, ...meant })
}
