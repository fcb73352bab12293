import type { CommandActor } from '../../control/control.ts'
import { MAX_BY, MAX_WHY } from '../../limits.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { isCleanText } from '../../run/clean-text.ts'

/** Checks the author and the reason of a command. The log keeps both for ever. Throws `INVALID_OPTIONS`. */
export function actorOf({ by = 'host', why }: { readonly by?: string; readonly why?: string }): CommandActor {
  if (!isText(by, MAX_BY) || by === '' || BREAKS.test(by)) {
    const expected = `1 to ${MAX_BY} characters of one line, without control characters and lone surrogates`
    refuseOption({ path: 'by', value: by, expected })
  }
  if (why !== undefined && !isText(why, MAX_WHY)) {
    const allowed = 'without control characters (but line breaks and tabs) and lone surrogates'
    refuseOption({ path: 'why', value: why, expected: `at most ${MAX_WHY} characters ${allowed}` })
  }
  return { by, why: why ?? null }
}

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length <= limit && isCleanText(value)
}

const BREAKS = /[\t\n\r]/
