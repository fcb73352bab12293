import type { EpochMs } from '../clock.ts'
import type { LedgerEntry } from '../run/ledger-entry.ts'
import { calendarExcluding } from './exclusions.ts'
import type { FateRule } from './fate-of.ts'
import { type ForeseenDueTime, foresee } from './preview.ts'
import { startOf } from './start-of.ts'

/** What became of a due time, or what will. */
export type DueTimeJudgement =
  /** The ledger's entry; `calendar` is the one that excludes a skipped due time, where it still does. */
  | { readonly kind: 'recorded'; readonly entry: LedgerEntry; readonly calendar: string | null }
  /** Due, and nothing is decided yet. */
  | { readonly kind: 'pending'; readonly startsAt: EpochMs; readonly foreseen: ForeseenDueTime }
  | { readonly kind: 'foreseen'; readonly foreseen: ForeseenDueTime }
  /** The ledger has no entry: the job was not registered yet, the entry may be deleted, or it is missing. */
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

export type UnknownReason = 'first-known' | 'retention' | 'unexplained'

/** Where a job stands, for all its due times alike. */
export interface DueTimeFacts {
  readonly rule: FateRule
  readonly now: EpochMs
  /** The ledger accounts for the due times after `since` up to and including `cursor`. */
  readonly since: EpochMs
  readonly cursor: EpochMs
  /** Entries that were settled before this instant may be deleted. */
  readonly keptFrom: EpochMs
}

/** Judges one due time by its entry in the ledger, or without one by where the job stands. Pure. */
export function judgeDueTime(at: EpochMs, facts: DueTimeFacts, entry: LedgerEntry | null): DueTimeJudgement {
  const { rule, now, cursor } = facts
  if (entry) return { kind: 'recorded', entry, calendar: calendarOf(at, { entry, rule }) }
  if (at <= cursor) return { kind: 'unknown', reason: whyUnknown(at, facts) }
  const foreseen = foresee(at, rule)
  if (at <= now) return { kind: 'pending', startsAt: startOf(at, rule), foreseen }
  return { kind: 'foreseen', foreseen }
}

function calendarOf(at: EpochMs, { entry, rule }: { readonly entry: LedgerEntry; readonly rule: FateRule }) {
  if (entry.kind === 'run' || entry.reason !== 'excluded') return null
  return calendarExcluding(rule.job, at)?.name ?? null
}

function whyUnknown(at: EpochMs, { since, keptFrom }: DueTimeFacts): UnknownReason {
  if (at <= since) return 'first-known'
  return at < keptFrom ? 'retention' : 'unexplained'
}
