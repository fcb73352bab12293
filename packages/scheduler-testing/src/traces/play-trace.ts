import type { EpochMs, LedgerEntry, MemorySession, ProviderDescription, RunContext } from '@pm/scheduler-core'
import { type Backend, createManualScheduler, type ManualScheduler } from '../manual/manual-scheduler.ts'
import { createManualClock } from '../manual-clock.ts'
import type { ScriptedAttempt, TraceRow, TraceScript, TraceStep } from './trace.ts'

export interface PlayOptions<S extends object> {
  /** Where the ledger is kept (default in memory). */
  readonly backend?: Backend<S>
  /** When the trace begins (default 2025-09-16T02:00:00Z). A full minute, so that due times come as the trace says. */
  readonly startAt?: EpochMs
  /** Called after each step that lets time pass. */
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
      await act(attempt, context, (ms) => new Promise((resolve) => void clock.setTimer(resolve, ms)))
    },
  }
  const options = { jobs: [job], clock, providers: () => providersOf(trace) }
  const manual = await (backend ? createManualScheduler<S>({ ...options, ...backend }) : createManualScheduler(options))
  for (const step of trace.steps) {
    await take(step, manual, trace.job.name)
    if (step.kind === 'pass') await afterPass?.(manual)
  }
  return manual
}

function providersOf({ attempts }: TraceScript): readonly ProviderDescription[] {
  const names = new Set(attempts.flatMap(({ calls = [] }) => calls.map(({ provider }) => provider)))
  return [...names].map((name) => ({ name, enabled: true, apiKeyConfigured: null }))
}

/** A ledger as the rows of a trace that began at `startedAt`. */
export function toTraceRows(ledger: readonly LedgerEntry[], startedAt: number): TraceRow[] {
  return ledger.map((entry) =>
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

async function act(
  { outcome, takesMs = 0, items = {}, calls = [] }: ScriptedAttempt,
  context: RunContext,
  wait: (ms: number) => Promise<void>,
): Promise<void> {
  if (takesMs > 0) await wait(takesMs)
  if (outcome === 'hangs') await new Promise(() => {})
  context.report(items)
  for (const call of calls) context.recordCall(call)
  if (outcome === 'fails') throw new Error('The trace says that this attempt fails.')
}

async function take(step: TraceStep, manual: ManualScheduler, job: string): Promise<void> {
  switch (step.kind) {
    case 'pass':
      return manual.advance(step.ms)
    case 'run-now':
      return manual.runJob(job)
    case 'pause':
      await manual.scheduler.pause()
      return manual.advance(0)
    case 'resume':
      await manual.scheduler.resume()
      return manual.advance(0)
    case 'crash':
      return manual.crash()
    case 'restart':
      return manual.restart()
    case 'jump-wall':
      return manual.clock.jumpWall(step.ms)
  }
}
