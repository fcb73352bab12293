import type { EpochMs } from '../clock.ts'
import type { InstanceLife } from '../ports/definitions.ts'

/** Until when one of these instances lives if none renews its heartbeat any more; `-Infinity` without any. Pure. */
export function aliveUntil(lives: readonly Pick<InstanceLife, 'lastSeenAt' | 'leaseMs' | 'leftAt'>[]): EpochMs {
  const ends = lives.map(({ lastSeenAt, leaseMs, leftAt }) => (leftAt === null ? lastSeenAt + leaseMs : -Infinity))
  return Math.max(-Infinity, ...ends)
}

/**
 * Whether an instance that enters has other time zone data than one that is there: then each has to look who runs the cron
 * jobs of time zones. Pure.
 */
export function haveOtherData(
  lives: readonly Pick<InstanceLife, 'instance' | 'leftAt' | 'timeZoneData'>[],
  { instance, timeZoneData }: Pick<InstanceLife, 'instance' | 'timeZoneData'>,
): boolean {
  return lives.some((life) => life.instance !== instance && life.leftAt === null && life.timeZoneData !== timeZoneData)
}

/**
 * Whether an instance that takes no due times any more keeps others from running the cron jobs of time zones, since they
 * have older data. Pure.
 */
export function keepsFromOthers(
  lives: readonly Pick<InstanceLife, 'instance' | 'leftAt' | 'timeZoneData'>[],
  { instance, timeZoneData }: Pick<InstanceLife, 'instance' | 'timeZoneData'>,
): boolean {
  const isOlder = (other: string | null) => (other ?? '') < (timeZoneData ?? '')
  return lives.some((life) => life.instance !== instance && life.leftAt === null && isOlder(life.timeZoneData))
}
