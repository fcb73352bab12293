import { AN_ACTOR, isActorName } from '../../control/actor-name.ts'
import type { CommandActor } from '../../control/control.ts'
import { MAX_BY, MAX_WHY } from '../../limits.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import type { Redact } from '../../redact/redact.ts'
import { cleanText, isCleanText } from '../../run/clean-text.ts'

interface GivenActor {
  readonly by?: string
  readonly why?: string
}

/**
 * Checks the author and the reason of a command, and redacts both. The log keeps them for `logRetentionMs`. Throws
 * `INVALID_OPTIONS`.
 */
export function actorOf({ by = 'host', why }: GivenActor, redact: Redact): CommandActor {
  if (!isActorName(by)) refuseOption({ path: 'by', value: by, expected: AN_ACTOR })
  if (why !== undefined && !isReason(why)) {
    const allowed = 'without control characters (but line breaks and tabs) and lone surrogates'
    refuseOption({ path: 'why', value: why, expected: `at most ${MAX_WHY} characters ${allowed}` })
  }
  return {
    by: cleanText(by, { redact, limit: MAX_BY }),
    why: why === undefined ? null : cleanText(why, { redact, limit: MAX_WHY }),
  }
}

function isReason(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_WHY && isCleanText(value)
}
