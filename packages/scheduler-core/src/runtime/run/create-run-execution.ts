import type { EpochMs, Timer } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { ProviderCall } from '../../job/run-context.ts'
import type { RunObserver, RunOutcome } from '../../ports/around-run.ts'
import type { RunLease } from '../../ports/leases.ts'
import type { RunRelease } from '../../ports/releases.ts'
import { EMPTY_CALL_TALLY } from '../../run/counters.ts'
import { attemptInAscii, errorInAscii } from '../../run/in-ascii.ts'
import {
  type ItemCounts,
  NO_ITEMS,
  type ProviderCalls,
  type RunProgress,
  type Settlement,
} from '../../run/ledger-entry.ts'
import type { PastAttempt } from '../../run/past-attempt.ts'
import type { SettledRunState } from '../../run/states.ts'
import type { StoredError } from '../../run/stored-error.ts'
import { CallSum } from './call-sum.ts'
import { addItems, assertAmount, checkCall, checkItems } from './reported.ts'
import type { BegunRun, Ending, RunExecution, SharedByExecutions } from './run-execution.ts'

/** Makes the executions of one instance. */
export function createRunExecutions(shared: SharedByExecutions): (begun: BegunRun) => RunExecution {
  return (begun) => new Execution(shared, begun)
}

/**
 * A class, since there is one for every run: making an object of closures and getters takes some fifty times as long.
 */
class Execution implements RunExecution {
  readonly claim: RunExecution['claim']
  readonly observer: RunObserver
  readonly resolve: (outcome: RunOutcome | Promise<RunOutcome>) => void
  attempt: number
  attemptStartedAt: EpochMs
  pastAttempts: readonly PastAttempt[]
  timeout: Timer | null = null
  lastError: StoredError | null
  nextAttemptAt: EpochMs | null = null
  isHandlerActive = false
  isHandlerRunning = false
  onReturn: (() => void) | null = null
  isBeginning = false
  trustedUntil: number
  completion: Settlement | null = null
  isCompleting = false
  readonly #shared: SharedByExecutions
  /** On the monotonic clock, the beginning as if the run had never been held: `hold` moves it. */
  #beganAt: number
  #heldSince: number | null = null
  /** Made when somebody asks for the signal. */
  #controller: AbortController | null = null
  #waiting: AbortController | null = null
  #abortReason: SchedulerError | null = null
  #isOver = false
  #items: ItemCounts = NO_ITEMS
  #calls: Map<string, CallSum> | null = null
  #progress: RunProgress | null = null

  constructor(shared: SharedByExecutions, { claim, observer, beganAt, trustedUntil, resolve }: BegunRun) {
    this.claim = claim
    this.observer = observer
    this.resolve = resolve
    this.attempt = claim.attempt
    // A run that was taken up began on another instance.
    this.attemptStartedAt = claim.spentMs === undefined ? claim.startedAt : shared.clock.now()
    this.pastAttempts = claim.pastAttempts ?? NO_ATTEMPTS
    this.trustedUntil = trustedUntil
    this.#shared = shared
    this.#beganAt = beganAt - (claim.spentMs ?? 0)
    this.lastError = claim.error ?? null
    if (claim.calls?.length)
      this.#calls = new Map(claim.calls.map(({ provider, tally }) => [provider, new CallSum(tally)]))
  }

  get isOver(): boolean {
    return this.#isOver
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#abortReason && !this.#controller.signal.aborted) this.#controller.abort(this.#abortReason)
    return this.#controller.signal
  }

  get whileWaiting(): AbortSignal {
    this.#waiting ??= new AbortController()
    return this.#waiting.signal
  }

  get spentMs(): number {
    return Math.max(0, Math.round((this.#heldSince ?? this.#shared.clock.monotonic()) - this.#beganAt))
  }

  get progress(): RunProgress | null {
    return this.#progress
  }

  end(ending: Ending, reason?: SchedulerError): void {
    if (this.#isOver) return
    this.#isOver = true
    if (reason) this.#abort(reason)
    this.#waiting?.abort()
    this.#shared.onEnded(this, ending)
  }

  endAttempt(
    error: StoredError,
    { nextAttemptAt, reason }: { readonly nextAttemptAt: EpochMs; readonly reason?: SchedulerError },
  ): void {
    this.lastError = error
    this.nextAttemptAt = nextAttemptAt
    this.#waiting = null
    if (reason) this.#abort(reason)
  }

  interruptAttempt(error: StoredError): void {
    this.lastError = error
  }

  beginAttempt(): void {
    this.attempt++
    this.nextAttemptAt = null
    this.isBeginning = false
    this.attemptStartedAt = this.#shared.clock.now()
    this.#items = NO_ITEMS
    this.#progress = null
    this.#abortReason = null
    if (this.#controller?.signal.aborted) this.#controller = null
  }

  reduceTexts(): void {
    this.lastError = this.lastError && errorInAscii(this.lastError)
    this.pastAttempts = this.pastAttempts.map(attemptInAscii)
  }

  hold(): () => void {
    this.#heldSince ??= this.#shared.clock.monotonic()
    return () => {
      if (this.#heldSince === null) return
      this.#beganAt += this.#shared.clock.monotonic() - this.#heldSince
      this.#heldSince = null
    }
  }

  lease(): RunLease {
    const { claim, isBeginning } = this
    return {
      runId: claim.id,
      fence: claim.fence,
      attempt: isBeginning ? this.attempt + 1 : this.attempt,
      progress: isBeginning ? null : this.#progress,
      nextAttemptAt: isBeginning ? null : this.nextAttemptAt,
      error: this.lastError,
      ...(this.pastAttempts.length > 0 && { pastAttempts: this.pastAttempts }),
    }
  }

  release(): RunRelease {
    const lease = this.lease()
    const { attempt, nextAttemptAt } = this
    return {
      ...lease,
      attempt,
      nextAttemptAt,
      progress: this.#progress,
      calls: this.#callsNow(),
      spentMs: this.spentMs,
    }
  }

  assertUnderWay(): void {
    if (!this.#isClosed) return
    throw this.#abortReason ?? new SchedulerError('RUN_ALREADY_COMPLETED', { runId: this.claim.id })
  }

  report(added: Partial<ItemCounts>): void {
    if (this.#isClosed) return
    const checked = checkItems(added)
    this.#items = addItems(this.#items, checked)
  }

  recordCall(call: ProviderCall): void {
    if (this.#isClosed) return
    const checked = checkCall(call)
    this.#sumOf(checked.provider).add(checked)
  }

  setProgress(done: number, total: number): void {
    const most = assertAmount('total', total)
    const least = Math.min(assertAmount('done', done), most)
    if (!this.#isClosed) this.#progress = { done: least, total: most, at: this.#shared.clock.now() }
  }

  settlement(
    { state, error }: { readonly state: SettledRunState; readonly error: StoredError | null },
    settledAt: EpochMs,
  ): Settlement {
    const { claim, attempt, pastAttempts } = this
    const settlement = {
      runId: claim.id,
      job: claim.job,
      fence: claim.fence,
      state,
      settledAt,
      attempt,
      durationMs: this.spentMs,
      items: this.#items,
      calls: this.#callsNow(),
      progress: this.#progress,
      error,
    }
    return pastAttempts.length > 0 ? { ...settlement, pastAttempts } : settlement
  }

  #abort(reason: SchedulerError): void {
    this.#abortReason = reason
    this.#controller?.abort(reason)
  }

  /** Whether the present attempt is over, or the run: what its handler still reports is ignored. */
  get #isClosed(): boolean {
    return this.#isOver || this.nextAttemptAt !== null
  }

  #sumOf(provider: unknown): CallSum {
    this.#calls ??= new Map()
    const known = this.#calls.get(provider as string)
    if (known) return known
    const name = this.#shared.providerNames.admit(this.claim.job, provider, this.#calls.size)
    const sum = new CallSum(EMPTY_CALL_TALLY)
    this.#calls.set(name, sum)
    return sum
  }

  #callsNow(): readonly ProviderCalls[] {
    return this.#calls ? Array.from(this.#calls, ([provider, sum]) => ({ provider, tally: sum.toTally() })) : NO_CALLS
  }
}

const NO_ATTEMPTS: readonly never[] = Object.freeze([])
const NO_CALLS: readonly never[] = Object.freeze([])
