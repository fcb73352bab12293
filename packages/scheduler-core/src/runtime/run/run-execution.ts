import type { Clock, EpochMs, Timer } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { ProviderCall } from '../../job/run-context.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import type { RunOutcome } from '../../ports/engine.ts'
import type { ClaimedRun } from '../../ports/store.ts'
import { addTallies, CALL_FACTS, type CallTally } from '../../run/counters.ts'
import { type ItemCounts, NO_ITEMS, type RunProgress, type Settlement } from '../../run/ledger-entry.ts'
import type { SettledRunState } from '../../run/states.ts'
import type { StoredError } from '../../run/stored-error.ts'
import { addItems, assertAmount, tallyCall } from './reported.ts'

/** How a run ended. `lost`: another owner has the run, so this instance records no outcome. */
export type Ending =
  | { readonly kind: 'settled'; readonly state: SettledRunState; readonly error: StoredError | null }
  | { readonly kind: 'lost' }

/** One claimed run while it is under way here: what its handler reported, and its one ending. */
export interface RunExecution {
  readonly claim: Pick<
    ClaimedRun,
    'id' | 'job' | 'fence' | 'attempt' | 'trigger' | 'scheduledFor' | 'startedAt' | 'leaseUntil' | 'latenessMs'
  >
  /** The current attempt, from 1. */
  attempt: number
  /** The timer that ends the run at its timeout. */
  timeout: Timer | null
  /** Passes the outcome on to the caller that waits for it. */
  readonly resolve: (outcome: RunOutcome | Promise<RunOutcome>) => void
  /**
   * Until when, on the monotonic clock, the run certainly belongs to this instance. After that, nothing may begin for
   * it.
   */
  trustedUntil: number
  /**
   * The settlement that `ctx.complete` writes in the handler's own transaction, whether or not that has committed yet.
   */
  completion: Settlement | null
  /** Whether the completion was written and may be committed by now. Its transaction holds the run's row until then. */
  isCompleting: boolean
  readonly isOver: boolean
  readonly signal: AbortSignal
  /** The last progress that the handler reported in this attempt. */
  readonly progress: RunProgress | null
  /** Ends the run, unless it has ended already. With a reason, the handler's signal aborts. */
  end(ending: Ending, reason?: SchedulerError): void
  /** Begins a new attempt: forgets the items and the progress of the last one, and keeps its provider calls. */
  tryAgain(): void
  /** Throws the reason when the run has been ended. */
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
  /** On the monotonic clock. */
  readonly beganAt: number
  readonly trustedUntil: number
  readonly clock: Clock
  /** Called once, with the first ending. */
  readonly onEnded: (execution: RunExecution, ending: Ending) => void
  /** Called with the outcome once it is recorded. */
  readonly resolve: (outcome: RunOutcome | Promise<RunOutcome>) => void
}

export function createRunExecution(options: RunExecutionOptions): RunExecution {
  return new Execution(options)
}

/**
 * A class, since there is one for every run: making an object of closures and getters takes some fifty times as long.
 */
class Execution implements RunExecution {
  readonly claim: RunExecution['claim']
  readonly resolve: (outcome: RunOutcome | Promise<RunOutcome>) => void
  attempt: number
  timeout: Timer | null = null
  trustedUntil: number
  completion: Settlement | null = null
  isCompleting = false
  readonly #clock: Clock
  readonly #beganAt: number
  readonly #onEnded: RunExecutionOptions['onEnded']
  readonly #controller = new AbortController()
  #abortReason: SchedulerError | null = null
  #isOver = false
  #items: ItemCounts = NO_ITEMS
  #calls: Map<string, CallTally> | null = null
  #progress: RunProgress | null = null

  constructor({ claim, beganAt, trustedUntil, clock, onEnded, resolve }: RunExecutionOptions) {
    this.claim = claim
    this.resolve = resolve
    this.attempt = claim.attempt
    this.trustedUntil = trustedUntil
    this.#onEnded = onEnded
    this.#clock = clock
    this.#beganAt = beganAt
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get progress(): RunProgress | null {
    return this.#progress
  }

  end(ending: Ending, reason?: SchedulerError): void {
    if (this.#isOver) return
    this.#isOver = true
    if (reason) {
      this.#abortReason = reason
      this.#controller.abort(reason)
    }
    this.#onEnded(this, ending)
  }

  tryAgain(): void {
    this.attempt++
    this.#items = NO_ITEMS
    this.#progress = null
  }

  assertUnderWay(): void {
    if (!this.#isOver) return
    throw this.#abortReason ?? new SchedulerError('RUN_ALREADY_COMPLETED', { runId: this.claim.id })
  }

  report(added: Partial<ItemCounts>): void {
    if (this.#isOver) return
    this.#items = addItems(this.#items, added)
  }

  recordCall(call: ProviderCall): void {
    if (this.#isOver) return
    const { provider, tally } = tallyCall(call)
    this.#calls ??= new Map()
    const sum = this.#calls.get(provider)
    if (!sum && this.#calls.size >= MAX_PROVIDERS) {
      refuseOption({
        path: 'recordCall.provider',
        value: provider,
        expected: `at most ${MAX_PROVIDERS} different providers in one run`,
      })
    }
    this.#calls.set(provider, sum ? addTallies(CALL_FACTS, [sum, tally]) : tally)
  }

  setProgress(done: number, total: number): void {
    const most = assertAmount('total', total)
    const least = Math.min(assertAmount('done', done), most)
    if (!this.#isOver) this.#progress = { done: least, total: most, at: this.#clock.now() }
  }

  settlement(
    { state, error }: { readonly state: SettledRunState; readonly error: StoredError | null },
    settledAt: EpochMs,
  ): Settlement {
    const { claim, attempt } = this
    return {
      runId: claim.id,
      job: claim.job,
      fence: claim.fence,
      state,
      settledAt,
      attempt,
      durationMs: Math.max(0, Math.round(this.#clock.monotonic() - this.#beganAt)),
      items: this.#items,
      calls: this.#calls ? Array.from(this.#calls, ([provider, tally]) => ({ provider, tally })) : NO_CALLS,
      progress: this.#progress,
      error,
    }
  }
}

const NO_CALLS: readonly never[] = Object.freeze([])
const MAX_PROVIDERS = 50
