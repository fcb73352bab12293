import type { CommandActor } from '../../control/control.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { isCleanText } from '../../run/clean-text.ts'

/** Checks the author and the reason of a command. The log keeps both for `logRetentionMs`. Throws `INVALID_OPTIONS`. */
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

const MAX_BY = 200
const MAX_WHY = 1_000

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length <= limit && isCleanText(value)
}

const BREAKS = /[\t\n\r]/
