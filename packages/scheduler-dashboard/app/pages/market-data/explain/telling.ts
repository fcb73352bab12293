import { toMs } from '../../../format/instants.ts'
import { strings } from '../../../strings/index.ts'
import { formatCoarse } from '../format-coarse.ts'

/** How moments are told: `sayAt` writes one in the reader's zone; frozen, nothing is `ago`, since that is not now. */
export interface Telling {
  readonly nowMs: number
  readonly sayAt: (ms: number) => string
  readonly isFrozen: boolean
}

export interface Moment {
  readonly at: string
  readonly ago: string
}

/** `null` for what is no instant. */
export function momentOf(at: string | null, { nowMs, sayAt, isFrozen }: Telling): Moment | null {
  const ms = toMs(at)
  if (ms === null) return null
  const { ago, before } = strings.marketData.explain
  const length = formatCoarse(Math.max(0, nowMs - ms))
  return { at: sayAt(ms), ago: isFrozen ? before(length) : ago(length) }
}
