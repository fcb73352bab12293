import type { Tick } from './tick.ts'

/** `undefined` is the viewer's zone. */
export type Zone = string | undefined

/** Formats an instant: the time alone today, with the date on any other day of that zone, and all of it in other years. */
export function formatInstant(atMs: number, { nowMs, zone }: { readonly nowMs: number; readonly zone: Zone }): string {
  if (isSame('day', { atMs, nowMs, zone })) return formatClock(atMs, zone)
  return isSame('year', { atMs, nowMs, zone }) ? formatterOf('dated', zone).format(atMs) : formatFull(atMs, zone)
}

/** `14:03:07` as the viewer's locale writes it. */
export function formatClock(atMs: number, zone: Zone): string {
  return formatterOf('clock', zone).format(atMs)
}

/** Date, time and the short name of the zone. */
export function formatFull(atMs: number, zone: Zone): string {
  return formatterOf('full', zone).format(atMs)
}

/** For an axis of times: the time, or the day where one begins. */
export function formatTick({ atMs, isDay }: Tick, zone: Zone): string {
  return formatterOf(isDay ? 'date' : 'minute', zone).format(atMs)
}

/** For ISO texts of the API; `null` for what is not an instant. */
export function toMs(text: string | null | undefined): number | null {
  const ms = text === null || text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

/** Whether the platform knows a zone: a host's data may name one that this browser does not have. */
export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(undefined, { timeZone: zone }))
  } catch {
    return false
  }
}

function isSame(
  part: 'day' | 'year',
  { atMs, nowMs, zone }: { readonly atMs: number; readonly nowMs: number; readonly zone: Zone },
): boolean {
  const { format } = formatterOf(part, zone)
  return format(atMs) === format(nowMs)
}

const SHAPES = {
  day: { dateStyle: 'short' },
  year: { year: 'numeric' },
  clock: { timeStyle: 'medium' },
  minute: { timeStyle: 'short' },
  date: { month: 'short', day: 'numeric' },
  dated: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit' },
  full: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** Formatters are costly to make; those of the two zones that are always shown are made once. */
const VIEWERS = formattersOf(undefined)
const UTC = formattersOf('UTC')

function formatterOf(shape: keyof typeof SHAPES, zone: Zone): Intl.DateTimeFormat {
  const all = zone === undefined ? VIEWERS : zone === 'UTC' ? UTC : formattersOf(zone)
  return all[shape]
}

function formattersOf(zone: Zone): Record<keyof typeof SHAPES, Intl.DateTimeFormat> {
  const of = (shape: keyof typeof SHAPES) =>
    new Intl.DateTimeFormat(undefined, { ...SHAPES[shape], ...(zone !== undefined && { timeZone: zone }) })
  return {
    day: of('day'),
    year: of('year'),
    dated: of('dated'),
    clock: of('clock'),
    minute: of('minute'),
    date: of('date'),
    full: of('full'),
  }
}
