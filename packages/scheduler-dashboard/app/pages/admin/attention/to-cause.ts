import type { AdminStatusV2, ExplanationView, JobView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { wordOfEntry } from '../../../ui/state-of.ts'

/** Why a job needs attention, in the words of its run, of the one who paused it, or of `explain`. */
export interface Cause {
  readonly text: string
  /** The run that it tells of; `null` when it is about none. */
  readonly runId: string | null
  /** Since when; `null` when the status knows it better. */
  readonly since: string | null
  /** When a pause ends; `open` when it has no end, `null` when it is none. */
  readonly ends: string | 'open' | null
}

const NOTHING = { runId: null, since: null, ends: null } as const

/** The last failed run. */
export function causeOfFailure(entry: LedgerEntryView | undefined): Cause {
  const words = strings.admin.attention
  if (entry?.kind !== 'run') return { ...NOTHING, text: words.noRun }
  return { ...NOTHING, text: reasonOf(entry), runId: entry.id }
}

/** Why a run failed, in one line. */
export function reasonOf({ error, state }: Pick<LedgerEntryView & { kind: 'run' }, 'error' | 'state'>): string {
  const words = strings.admin.attention
  const told = error && [error.name, error.message].filter((part) => part !== '' && part !== 'Error').join(': ')
  if (told) return told
  if (state === 'timed_out') return words.timedOut
  if (state === 'interrupted') return words.interrupted
  return state === 'orphaned' ? words.orphaned : words.noError
}

/** The run that goes on for too long. */
export function causeOfLongRun(entry: LedgerEntryView | undefined): Cause {
  const words = strings.admin.attention
  if (entry?.kind !== 'run') return { ...NOTHING, text: words.running }
  const { progress } = entry
  const text = progress ? words.progress(formatNumber(progress.done), formatNumber(progress.total)) : words.running
  return { ...NOTHING, text, runId: entry.id, since: entry.started_at }
}

/** A due time that did not start. */
export function causeOfDueTime({ text, at }: Pick<ExplanationView, 'text' | 'at'>): Cause {
  return { ...NOTHING, text, since: at }
}

/** The latest entry of a job that is due again and again, without a success. */
export function causeOfNoSuccess(entry: LedgerEntryView | undefined): Cause {
  const words = strings.admin.attention
  if (entry === undefined) return { ...NOTHING, text: words.noSuccess }
  const text = words.noSuccessAndLast(wordOfEntry(entry))
  return { ...NOTHING, text, runId: entry.kind === 'run' ? entry.id : null }
}

/** Queued runs that no live worker could take over. */
export function causeOfNoWorker(
  { oldest_queued_seconds: oldest }: Pick<AdminStatusV2['attention']['items'][number], 'oldest_queued_seconds'>,
  nowMs: number,
): Cause {
  const since = new Date(nowMs - oldest * 1_000).toISOString()
  return { ...NOTHING, text: strings.admin.attention.noWorker, since }
}

/** The pause of a job. */
export function causeOfPause({ paused }: Pick<JobView, 'paused'>): Cause | null {
  if (paused === null) return null
  const { by, why, at, until } = paused
  return { ...NOTHING, text: strings.admin.attention.pausedBy(by, why), since: at, ends: until ?? 'open' }
}
