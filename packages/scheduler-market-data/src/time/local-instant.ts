import type { EpochMs } from '@pm/scheduler-core'

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** `HH:MM`. */
  readonly time: string
  /** An IANA zone. */
  readonly timeZone: string
}

/** The instant of a local date and time, such as an exchange's close; `null` when there is no such date. */
export function localInstant({ day, time, timeZone }: LocalTime): EpochMs | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  // `Date.parse` takes 31 February for 3 March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return null
  // The offset is looked up twice, since the first guess may lie across a change of it.
  const guess = asUtc - offsetMs(asUtc, timeZone)
  return asUtc - offsetMs(guess, timeZone)
}

/** How far local time in a zone is ahead of UTC at an instant. */
export function offsetMs(instant: EpochMs, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
