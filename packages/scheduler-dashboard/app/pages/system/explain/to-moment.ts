import type { Zone } from '../../../format/instants.ts'
import { instantsAt } from '../../../format/zoned.ts'
import { strings } from '../../../strings/index.ts'

/** The instant that a wall time in a zone means, and what the reader should know about it. */
export function toMoment(wall: string, zone: Zone): { readonly at: string | null; readonly note: string | null } {
  const words = strings.job.why
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall)
  const [first, second] = instantsAt(wall, zone)
  if (first === undefined) return { at: null, note: isTime ? words.gap : words.no }
  return { at: new Date(first).toISOString(), note: second === undefined ? null : words.twice }
}
