import type { JsonValue, LedgerEntry, Run, RunId, StoredError, UnrunRange } from '@pm/scheduler-core'
import {
  type Histogram,
  type InstanceId,
  NO_ITEMS,
  type ProviderCalls,
  parseRunId,
  RUN_STATES,
  RUN_TRIGGERS,
  type RunProgress,
  SKIP_REASONS,
  type Tally,
  type TallyFacts,
  toTally,
  UNRUN_STATES,
} from '@pm/scheduler-core/store'

import { corrupt, count, flag, integer, integerOrNull, json, type Row, real, text, textOrNull, word } from '../query.ts'
import { parseHistogram } from '../sql/histogram-number.ts'
import { histogramOf, maxOf } from '../sql/tally-columns.ts'
import { readPastAttempts } from './past-attempts.ts'
import { readCalls } from './stored-calls.ts'
import { readErrorMore } from './stored-errors.ts'

export function toEntry(row: Row): LedgerEntry {
  return word(row, 'kind', LEDGER_KINDS) === 'run' ? toRun(row) : toUnrunRange(row)
}

export function toRun(row: Row): Run {
  const settledAt = integerOrNull(row, 'settled_at')
  return {
    kind: 'run',
    id: runId(row),
    scheduler: text(row, 'scheduler'),
    job: text(row, 'job'),
    trigger: word(row, 'trigger', RUN_TRIGGERS),
    scheduledFor: integerOrNull(row, 'scheduled_for'),
    state: word(row, 'state', RUN_STATES),
    attempt: integer(row, 'attempt'),
    earlierAttempts: integer(row, 'earlier_attempts'),
    fence: integer(row, 'fence'),
    owner: instanceId(row),
    startedAt: integer(row, 'started_at'),
    leaseUntil: integer(row, 'lease_until'),
    queuedAt: integerOrNull(row, 'queued_at'),
    queueWaitMs: integerOrNull(row, 'queue_wait_ms'),
    nextAttemptAt: integerOrNull(row, 'next_attempt_at'),
    releasedAt: integerOrNull(row, 'released_at'),
    spentMs: integerOrNull(row, 'spent_ms') ?? 0,
    cancelRequested: flag(row, 'cancel_requested'),
    settledAt,
    latenessMs: integerOrNull(row, 'lateness_ms'),
    durationMs: integerOrNull(row, 'duration_ms'),
    items: settledAt === null ? NO_ITEMS : itemsOf(row),
    calls: callsOf(row),
    progress: progressOf(row),
    error: errorOf(row),
    ...(textOrNull(row, 'past_attempts') !== null && { pastAttempts: readPastAttempts(json(row, 'past_attempts')) }),
    input: inputOf(row),
  }
}

export function runId(row: Row, column = 'id'): RunId {
  const id = parseRunId(text(row, column))
  if (id === null) throw corrupt(column, text(row, column))
  return id
}

export function instanceId(row: Row, column = 'owner'): InstanceId {
  return text(row, column) as InstanceId
}

/** Reads a tally from a row that has a column for each of its counters and measures. */
export function toTallyOf<C extends string, M extends string>(facts: TallyFacts<C, M>, row: Row): Tally<C, M> {
  return toTally(facts, {
    count: (counter) => count(row, counter),
    distribution: (measure) => ({
      max: integerOrNull(row, maxOf(measure)),
      histogram: histogram(row, histogramOf(measure)),
    }),
  })
}

function histogram(row: Row, column: string): Histogram {
  const packed = text(row, column)
  const parsed = parseHistogram(packed)
  // A hand can have made it negative or NaN.
  if (parsed === null) throw corrupt(column, packed)
  return parsed
}

const LEDGER_KINDS = ['run', 'unrun'] as const

/** A run without calls has none stored. */
function callsOf(row: Row): readonly ProviderCalls[] {
  return textOrNull(row, 'calls') === null ? [] : readCalls(json(row, 'calls'))
}

function toUnrunRange(row: Row): UnrunRange {
  return {
    kind: 'unrun',
    id: runId(row),
    scheduler: text(row, 'scheduler'),
    job: text(row, 'job'),
    state: word(row, 'state', UNRUN_STATES),
    reason: textOrNull(row, 'reason') === null ? null : word(row, 'reason', SKIP_REASONS),
    scheduledFor: integer(row, 'scheduled_for'),
    through: integer(row, 'through'),
    dueCount: count(row, 'due_count'),
    settledAt: integer(row, 'settled_at'),
  }
}

/** What a run was given. The store holds JSON there, whatever a hand has put into it. */
export function inputOf(row: Row): JsonValue | null {
  return textOrNull(row, 'input') === null ? null : (json(row, 'input') as JsonValue)
}

function itemsOf(row: Row) {
  return {
    processed: count(row, 'items_processed'),
    failed: count(row, 'items_failed'),
    skipped: count(row, 'items_skipped'),
  }
}

function progressOf(row: Row): RunProgress | null {
  const at = integerOrNull(row, 'progress_at')
  return at === null ? null : { done: real(row, 'progress_done'), total: real(row, 'progress_total'), at }
}

function errorOf(row: Row): StoredError | null {
  const code = textOrNull(row, 'error_code')
  if (code === null) return null
  const more = textOrNull(row, 'error_more') === null ? null : readErrorMore(json(row, 'error_more'))
  return { code, name: text(row, 'error_name'), message: text(row, 'error_message'), ...more }
}
