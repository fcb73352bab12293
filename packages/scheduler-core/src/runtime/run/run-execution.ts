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

/** How a run ended. `lost` is no outcome of ours to record: another owner has the run. */
export type Ending =
  | { readonly kind: 'settled'; readonly state: SettledRunState; readonly error: StoredError | null }
  | { readonly kind: 'lost' }

/** One claimed run while it is under way here: what it reported, and the one ending that it will have. */
export interface RunExecution {
  readonly claim: Pick<
    ClaimedRun,
    'id' | 'job' | 'fence' | 'attempt' | 'trigger' | 'scheduledFor' | 'startedAt' | 'leaseUntil' | 'latenessMs'
  >
  /** The try that is under way, from 1. */
  attempt: number
  /** Calls off what ends the run when its time is up. */
  timeout: Timer | null
  /** Answers whoever waits for the outcome. */
  readonly resolve: (outcome: RunOutcome | Promise<RunOutcome>) => void
  /** Until when, on the monotonic clock, the run is ours for certain: from then on nothing may begin in its name. */
  trustedUntil: number
  /** What `ctx.complete` writes in the handler's own transaction, whether or not that has committed yet. */
  completion: Settlement | null
  /** Whether that was written and may be committed by now: until then its transaction holds the run's row. */
  isCompleting: boolean
  readonly isOver: boolean
  readonly signal: AbortSignal
  /** What the handler said last in this try. */
  readonly progress: RunProgress | null
  /** Gives the run its ending unless it has one. With a reason, the handler's signal aborts. */
  end(ending: Ending, reason?: SchedulerError): void
  /** A new try of the run begins: what the one before reported as items and progress is forgotten, what it asked of providers is not. */
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
  /** On the monotonic clock. */
  readonly beganAt: number
  readonly trustedUntil: number
  readonly clock: Clock
  /** Called once, with the first ending that is given. */
  readonly onEnded: (execution: RunExecution, ending: Ending) => void
  /** Called by whoever has recorded the outcome. */
  readonly resolve: (outcome: RunOutcome | Promise<RunOutcome>) => void
}

export function createRunExecution(options: RunExecutionOptions): RunExecution {
  return new Execution(options)
}

/** A class, since there is one for every run: an object made of closures and getters takes some fifty times as long. */
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
