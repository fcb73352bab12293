import type { EpochMs, LedgerEntry, MemorySession, ProviderDescription, RunContext } from '@pm/scheduler-core'
import { type Backend, createManualScheduler, type ManualScheduler } from '../manual/manual-scheduler.ts'
import { createManualClock } from '../manual-clock.ts'
import { actAsScripted, takeStep } from './script.ts'
import type { TraceRow, TraceScript } from './trace.ts'

export interface PlayOptions<S extends object> {
  /** Where the ledger is kept (default in memory). */
  readonly backend?: Backend<S>
  /** When the trace begins (default 2025-09-16T02:00:00Z). A full minute, so that due times come as the trace says. */
  readonly startAt?: EpochMs
  /** Called after each step that lets time pass (default nothing). */
  readonly afterPass?: (manual: ManualScheduler) => Promise<void>
}

/** Plays a trace on a scheduler and leaves it open at its end. */
export async function playTrace<S extends object = MemorySession>(
  trace: TraceScript,
  { backend, startAt, afterPass }: PlayOptions<S> = {},
): Promise<ManualScheduler> {
  const clock = createManualClock(startAt === undefined ? {} : { startAt })
  let tries = 0
  const job = {
    ...trace.job,
    async handler(context: RunContext) {
      const attempt = trace.attempts[tries++] ?? { outcome: 'succeeds' }
      await actAsScripted(attempt, context, clock)
    },
  }
  const options = { jobs: [job], clock, providers: { describe: () => providersOf(trace) } }
  const manual = await (backend ? createManualScheduler<S>({ ...options, ...backend }) : createManualScheduler(options))
  for (const step of trace.steps) {
    await takeStep(step, manual, trace.job.name)
    if (step.kind === 'pass') await afterPass?.(manual)
  }
  return manual
}

function providersOf({ attempts }: TraceScript): readonly ProviderDescription[] {
  const names = new Set(attempts.flatMap(({ calls = [] }) => calls.map(({ provider }) => provider)))
  return [...names].map((name) => ({ name, enabled: true, apiKeyConfigured: null }))
}

/**
 * A ledger, in any order, as the rows of a trace that began at `startedAt`: in the order of due times; manual runs stand
 * at their start.
 */
export function toTraceRows(ledger: readonly LedgerEntry[], startedAt: number): TraceRow[] {
  const inOrder = ledger.toSorted((a, b) => instantOf(a) - instantOf(b))
  return inOrder.map((entry) =>
    entry.kind === 'unrun'
      ? {
          scheduledFor: entry.scheduledFor - startedAt,
          state: entry.state,
          settledAt: entry.settledAt - startedAt,
          dueCount: entry.dueCount,
          ...(entry.reason && { reason: entry.reason }),
        }
      : {
          scheduledFor: entry.scheduledFor === null ? null : entry.scheduledFor - startedAt,
          state: entry.state,
          startedAt: entry.startedAt - startedAt,
          settledAt: (entry.settledAt ?? Number.NaN) - startedAt,
          attempt: entry.attempt,
          durationMs: entry.durationMs,
          items: entry.items,
        },
  )
}

function instantOf(entry: LedgerEntry): number {
  return entry.scheduledFor ?? (entry.kind === 'run' ? entry.startedAt : entry.settledAt)
}
