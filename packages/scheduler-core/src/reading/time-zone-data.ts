import type { InstanceReading } from './instance-reading.ts'

/** How many versions of time zone data the live instances have; unknown ones count as one. */
export function versionsIn(instances: readonly Pick<InstanceReading, 'isLive' | 'timeZoneData'>[]): number {
  return new Set(instances.filter(({ isLive }) => isLive).map(({ timeZoneData }) => timeZoneData)).size
}

/** `TIME_ZONE_DATA_DIFFERS` while live instances have different data: two of them may not agree on a local time. */
export function reasonsIn(instances: readonly Pick<InstanceReading, 'isLive' | 'timeZoneData'>[]): readonly string[] {
  return versionsIn(instances) > 1 ? ['TIME_ZONE_DATA_DIFFERS'] : []
}

/** A version as a number that is the greater the newer it is: 2026c is 2026.03. */
export function numberOf(version: string | null): number | null {
  if (version === null) return null
  const letters = [...version.slice(4)].reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 96), 0)
  return Number(version.slice(0, 4)) + letters / 100
}
