import type { CommandActor } from '../../control/control.ts'
import { refuseOption } from '../../options/refuse-option.ts'

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

const MAX_BY = 200
const MAX_WHY = 1_000

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length <= limit && value.isWellFormed() && !CONTROL.test(value)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const BREAKS = /[\t\n\r]/
