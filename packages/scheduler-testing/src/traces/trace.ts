import type { JobOptions, LedgerState, ProviderCall, SkipReason } from '@pm/scheduler-core'
import type { MetricId } from '@pm/scheduler-core/views'

/** What happens to one job, its process and its clock. */
export interface TraceScript {
  readonly name: string
  /** What happens, in a sentence. */
  readonly story: string
  readonly job: Omit<JobOptions, 'handler'>
  /** What the handler does at its first attempt, its second, and so on; after the last it succeeds at once. */
  readonly attempts: readonly ScriptedAttempt[]
  /** What befalls the process and its clock. */
  readonly steps: readonly TraceStep[]
}

/** A short life of one job, told twice: what happens to it, and the rows and numbers that must come out of it. */
export interface Trace extends TraceScript {
  /** The rows that stand in the ledger at the end, in the order of due times; instants in ms since the trace began. */
  readonly rows: readonly TraceRow[]
  /** The lifetime numbers at the end. The trace is shorter than any window, so every window says the same. */
  readonly golden: Readonly<Partial<Record<MetricId, number | null>>>
}

export interface ScriptedAttempt {
  /** `hangs`: it never ends by itself and ignores its signal. */
  readonly outcome: 'succeeds' | 'fails' | 'hangs'
  /** Default 0. */
  readonly takesMs?: number
  readonly items?: { readonly processed?: number; readonly failed?: number; readonly skipped?: number }
  readonly calls?: readonly ProviderCall[]
}

export type TraceStep =
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'run-now' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'crash' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'jump-wall'; readonly ms: number }

export interface TraceRow {
  /** `null` for a manual run. */
  readonly scheduledFor: number | null
  readonly state: LedgerState
  readonly reason?: SkipReason
  /** Due times in this row (default 1). */
  readonly dueCount?: number
  readonly startedAt?: number
  readonly settledAt: number
  /** Tries of the run. */
  readonly attempt?: number
  readonly durationMs?: number | null
  readonly items?: { readonly processed: number; readonly failed: number; readonly skipped: number }
}
