import type { CommandActor } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { describeValue } from '../../options/describe-value.ts'

/** Who commands and why, checked: both are kept for ever. Throws `INVALID_OPTIONS`. */
export function actorOf({ by = 'host', why }: { readonly by?: string; readonly why?: string }): CommandActor {
  if (!isText(by, MAX_BY) || by === '' || BREAKS.test(by)) {
    refuse('by', by, `1 to ${MAX_BY} characters of one line, without control characters and lone surrogates`)
  }
  if (why !== undefined && !isText(why, MAX_WHY)) {
    refuse(
      'why',
      why,
      `at most ${MAX_WHY} characters without control characters (but line breaks and tabs) and lone surrogates`,
    )
  }
  return { by, why: why ?? null }
}

const MAX_BY = 200
const MAX_WHY = 1_000

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length <= limit && value.isWellFormed() && !CONTROL.test(value)
}

function refuse(path: string, value: unknown, expected: string): never {
  throw new SchedulerError('INVALID_OPTIONS', { path, received: describeValue(value), expected })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const BREAKS = /[\t\n\r]/
