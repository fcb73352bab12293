import { templateIn } from '../job/definitions.ts'
import type { JobHolding, JobStanding } from '../ports/definitions.ts'

/**
 * What becomes of an instance's definition of a job: it takes effect now, it is the one in effect, or the instance
 * follows the one in effect.
 */
export type Election = 'begins' | 'in effect' | 'follows'

/**
 * Decides which definition of a job holds. The latest deployment does: one that was never seen takes effect at once.
 * One that was seen before takes effect only when no live instance has the definition in effect any more, so that two
 * versions that run beside each other never alternate, and a rollback takes over when the last instance of the newer
 * version has gone. Of two definitions in one deployment, the first to appear stays. A job of a template stays until
 * it is removed.
 */
export function electDefinition(
  mine: Pick<JobHolding, 'key' | 'digest'>,
  { present, isKeyKnown, isPresentHeld }: Pick<JobStanding, 'present' | 'isKeyKnown' | 'isPresentHeld'>,
): Election {
  if (!present) return 'begins'
  if (templateIn(present.definition) !== null) return 'follows'
  if (present.key === mine.key && present.digest === mine.digest) return 'in effect'
  return isKeyKnown && isPresentHeld ? 'follows' : 'begins'
}
