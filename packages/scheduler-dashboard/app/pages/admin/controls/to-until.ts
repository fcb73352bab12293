import type { Zone } from '../../../format/instants.ts'
import { instantsAt, wallTimeAt } from '../../../format/zoned.ts'
import { strings } from '../../../strings/index.ts'

/** When a pause is to end, as it is chosen in the dialog. */
export interface UntilChoice {
  readonly preset: 'quarter' | 'hour' | 'tomorrow' | 'moment' | 'open'
  /** Of a moment: what a wall clock in the zone shows then. */
  readonly wall: string
  readonly zone: Zone
}

export type Until =
  | { readonly kind: 'at'; readonly atMs: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'problem'; readonly text: string }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export function toUntil({ preset, wall, zone }: UntilChoice, nowMs: number): Until {
  switch (preset) {
    case 'quarter':
      return { kind: 'at', atMs: nowMs + 15 * MINUTE_MS }
    case 'hour':
      return { kind: 'at', atMs: nowMs + 60 * MINUTE_MS }
    case 'tomorrow':
      return atWall(`${dayAfter(nowMs, zone)}T08:00:00`, { zone, nowMs })
    case 'moment':
      return atWall(wall, { zone, nowMs })
    case 'open':
      return { kind: 'open' }
  }
}

/** The first instant at which the clock shows it: of an hour that is repeated, the first one. */
function atWall(wall: string, { zone, nowMs }: { readonly zone: Zone; readonly nowMs: number }): Until {
  const words = strings.admin.controls.until
  const [atMs] = instantsAt(wall, zone)
  if (atMs === undefined) return { kind: 'problem', text: wall === '' ? words.missing : words.leftOut }
  return atMs <= nowMs ? { kind: 'problem', text: words.past } : { kind: 'at', atMs }
}

/** The date of tomorrow in a zone: the days of a calendar are counted, not 24 hours. */
function dayAfter(nowMs: number, zone: Zone): string {
  const today = wallTimeAt(nowMs, zone).slice(0, 10)
  return new Date(Date.parse(`${today}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}
