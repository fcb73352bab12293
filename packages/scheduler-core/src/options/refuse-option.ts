import { SchedulerError } from '../errors.ts'
import { describeValue } from './describe-value.ts'
import { suggestionFor } from './suggest.ts'

export interface Refusal {
  /** Where in the options, such as `jobs[0].timeoutMs`. */
  readonly path: string
  /** What stands there. The error shows it as `describeValue` does, unless `received` says it in words. */
  readonly value: unknown
  readonly received?: string
  /** What would have been accepted, in words that follow "expected". */
  readonly expected: string
  /** The accepted words: the one that is near to `value` is suggested. */
  readonly known?: readonly string[]
  /** What was meant, where the caller knows. */
  readonly suggestion?: string | null | undefined
}

/** Throws `INVALID_OPTIONS`. Every option and argument that is checked by hand is refused here. */
export function refuseOption({ path, value, received, expected, known = [], suggestion }: Refusal): never {
  const meant = suggestion ? { suggestion } : typeof value === 'string' ? suggestionFor(value, known) : {}
  throw new SchedulerError('INVALID_OPTIONS', { path, received: received ?? describeValue(value), expected, ...meant })
}
