import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, now, and the first desired state, its author. */
export function registerScheduler({ scheduler }: Names): string {
  return `
    INSERT INTO ${scheduler} (scheduler, since, version, desired, desired_at, desired_by)
    VALUES ($1, ${at('$2')}, 0, $3, ${at('$2')}, $4)
    ON CONFLICT DO NOTHING`
}
