import { AN_ACTOR, isActorName } from '../../control/actor-name.ts'
import type { CommandActor } from '../../control/control.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { isCleanText } from '../../run/clean-text.ts'

/** Checks the author and the reason of a command. The log keeps both for ever. Throws `INVALID_OPTIONS`. */
export function actorOf({ by = 'host', why }: { readonly by?: string; readonly why?: string }): CommandActor {
  if (!isActorName(by)) refuseOption({ path: 'by', value: by, expected: AN_ACTOR })
  if (why !== undefined && !isReason(why)) {
    const allowed = 'without control characters (but line breaks and tabs) and lone surrogates'
    refuseOption({ path: 'why', value: why, expected: `at most ${MAX_WHY} characters ${allowed}` })
  }
  return { by, why: why ?? null }
}

const MAX_WHY = 1_000

function isReason(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_WHY && isCleanText(value)
}
