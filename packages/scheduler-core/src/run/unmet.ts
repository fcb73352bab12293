import type { EpochMs } from '../clock.ts'
import type { Run, UnrunRange } from './ledger-entry.ts'

/** Due times that had to run and have no success: the first and the last of them. */
export interface Unmet {
  readonly from: EpochMs
  readonly through: EpochMs
}

/**
 * The due time that a settled run leaves without success; `null` when it succeeded. Only a scheduled run stands for a due
 * time of its own: what a rerun or a backfill makes up for was left by the entry before it.
 */
export function unmetByRun({ state, trigger, scheduledFor }: Pick<Run, 'state' | 'trigger' | 'scheduledFor'>) {
  if (state === 'succeeded' || trigger !== 'schedule' || scheduledFor === null) return null
  return { from: scheduledFor, through: scheduledFor }
}

/** The due times of a range that had to run: those that were missed, and those that met a run that was still going. */
export function unmetByRange(range: Pick<UnrunRange, 'state' | 'reason' | 'scheduledFor' | 'through'>): Unmet | null {
  const hadToRun = range.state === 'missed' || range.reason === 'overlap'
  return hadToRun ? { from: range.scheduledFor, through: range.through } : null
}

/** Both together, without what a success has made up for: whatever it was asked by, it ends what was due before it. */
export function addUnmet(one: Unmet | null, other: Unmet | null, lastSuccessAt: EpochMs | null): Unmet | null {
  const [a, b] = [unmetAfter(one, lastSuccessAt), unmetAfter(other, lastSuccessAt)]
  if (a === null || b === null) return a ?? b
  return { from: Math.min(a.from, b.from), through: Math.max(a.through, b.through) }
}

function unmetAfter(unmet: Unmet | null, lastSuccessAt: EpochMs | null): Unmet | null {
  return unmet === null || (lastSuccessAt !== null && unmet.through <= lastSuccessAt) ? null : unmet
}
