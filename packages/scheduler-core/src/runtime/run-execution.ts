import type { Clock, EpochMs } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { ProviderCall } from '../job/run-context.ts'
import type { ClaimedRun } from '../ports/store.ts'
import { addTallies, CALL_COUNTERS, type CallTally, EMPTY_CALL_TALLY } from '../run/counters.ts'
import { type ItemCounts, NO_ITEMS, type Settlement } from '../run/ledger-entry.ts'
import type { SettledRunState } from '../run/states.ts'
import type { StoredError } from '../run/stored-error.ts'

/** How a run ended. `lost` is no outcome of ours to record: another owner has the run. */
export type Ending =
  | { readonly kind: 'settled'; readonly state: SettledRunState; readonly error: StoredError | null }
  | { readonly kind: 'lost' }

/** One claimed run while it is under way here: what it reported, and the one ending that it will have. */
export interface RunExecution {
  readonly claim: Pick<ClaimedRun, 'id' | 'job' | 'fence' | 'trigger' | 'scheduledFor' | 'startedAt' | 'latenessMs'>
  /** The try that is under way, from 1. */
  attempt: number
  /** What `ctx.complete` wrote in the handler's own transaction, whether or not that has committed yet. */
  completion: Settlement | null
  readonly isOver: boolean
  /** Made when first asked for: most handlers never look at it. */
  readonly signal: AbortSignal
  readonly progress: { readonly done: number; readonly total: number } | null
  /** Resolves once, with the first ending that was given. */
  readonly ended: Promise<Ending>
  /** Gives the run its ending unless it has one. With a reason, the handler's signal aborts. */
  end(ending: Ending, reason?: SchedulerError): void
  /** A new try of the run begins: what the one before reported as its items is forgotten, what it asked of providers is not. */
  tryAgain(): void
  /** Throws what ended the run, when something did. */
  assertUnderWay(): void
  report(items: Partial<ItemCounts>): void
  recordCall(call: ProviderCall): void
  setProgress(done: number, total: number): void
  /** The settlement that records this state at this moment. */
  settlement(
    outcome: { readonly state: SettledRunState; readonly error: StoredError | null },
    settledAt: EpochMs,
  ): Settlement
}

export interface RunExecutionOptions {
  readonly claim: RunExecution['claim']
  readonly attempt: number
  readonly clock: Clock
}

export function createRunExecution({ claim, attempt, clock }: RunExecutionOptions): RunExecution {
  const startedAt = clock.monotonic()
  const { promise: ended, resolve } = Promise.withResolvers<Ending>()
  let controller: AbortController | null = null
  let abortReason: SchedulerError | null = null
  let isOver = false
  let items: ItemCounts = NO_ITEMS
  let calls: Map<string, CallTally> | null = null
  let progress: RunExecution['progress'] = null

  return {
    claim,
    attempt,
    completion: null,
    ended,
    get isOver() {
      return isOver
    },
    get signal() {
      controller ??= new AbortController()
      if (abortReason) controller.abort(abortReason)
      return controller.signal
    },
    get progress() {
      return progress
    },
    end(ending, reason) {
      if (isOver) return
      isOver = true
      if (reason) {
        abortReason = reason
        controller?.abort(reason)
      }
      resolve(ending)
    },
    tryAgain() {
      this.attempt++
      items = NO_ITEMS
    },
    assertUnderWay() {
      if (!isOver) return
      throw abortReason ?? new SchedulerError('RUN_ALREADY_COMPLETED', { runId: claim.id })
    },
    report(added) {
      if (isOver) return
      items = {
        processed: items.processed + wholeNumber('processed', added.processed),
        failed: items.failed + wholeNumber('failed', added.failed),
        skipped: items.skipped + wholeNumber('skipped', added.skipped),
      }
    },
    recordCall(call) {
      if (isOver) return
      calls ??= new Map()
      const sum = calls.get(call.provider) ?? EMPTY_CALL_TALLY
      calls.set(call.provider, addTallies(CALL_COUNTERS, [sum, tallyCall(call)]))
    },
    setProgress(done, total) {
      progress = { done, total }
    },
    settlement({ state, error }, settledAt) {
      return {
        runId: claim.id,
        job: claim.job,
        fence: claim.fence,
        state,
        settledAt,
        attempt: this.attempt,
        durationMs: Math.max(0, Math.round(clock.monotonic() - startedAt)),
        items,
        calls: [...(calls ?? [])].map(([provider, tally]) => ({ provider, tally })),
        error,
      }
    },
  }
}

function tallyCall({ outcome, answered, durationMs, fallback = false }: ProviderCall): CallTally {
  const succeeded = outcome === 'succeeded'
  return {
    ...EMPTY_CALL_TALLY,
    calls: 1,
    [outcome]: 1,
    answered: answered ? 1 : 0,
    answered_ms: answered ? Math.max(0, Math.round(durationMs)) : 0,
    served_as_fallback: succeeded && fallback ? 1 : 0,
  }
}

function wholeNumber(name: string, value = 0): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new SchedulerError('INVALID_OPTIONS', {
    path: `report.${name}`,
    received: String(value),
    expected: 'a whole number, 0 or more',
  })
}
