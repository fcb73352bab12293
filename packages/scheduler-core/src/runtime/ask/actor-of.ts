import type { CommandActor } from '../../control/control.ts'
import { MAX_BY, MAX_WHY } from '../../limits.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import type { Redact } from '../../redact/redact.ts'
import { cleanText, isCleanText } from '../../run/clean-text.ts'

interface GivenActor {
  readonly by?: string
  readonly why?: string
}

/** Checks the author and the reason of a command, and redacts both. The log keeps them for `logRetentionMs`. Throws `INVALID_OPTIONS`. */
export function actorOf({ by = 'host', why }: GivenActor, redact: Redact): CommandActor {
  if (!isText(by, MAX_BY) || by === '' || BREAKS.test(by)) {
    const expected = `1 to ${MAX_BY} characters of one line, without control characters and lone surrogates`
    refuseOption({ path: 'by', value: by, expected })
  }
  if (why !== undefined && !isText(why, MAX_WHY)) {
    const allowed = 'without control characters (but line breaks and tabs) and lone surrogates'
    refuseOption({ path: 'why', value: why, expected: `at most ${MAX_WHY} characters ${allowed}` })
  }
  return {
    by: cleanText(by, { redact, limit: MAX_BY }),
    why: why === undefined ? null : cleanText(why, { redact, limit: MAX_WHY }),
  }
}

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length <= limit && isCleanText(value)
}

const BREAKS = /[\t\n\r]/
