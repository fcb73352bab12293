import type { EpochMs } from '../../clock.ts'
import { boundLogger } from '../../host/bound-logger.ts'
import type { RunId } from '../../ids.ts'
import type { ProviderCall, RunContext } from '../../job/run-context.ts'
import { MAX_UNIT_NAME } from '../../limits.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Redact } from '../../redact/redact.ts'
import { createToLabel } from '../../redact/to-label.ts'
import { cleanText } from '../../run/clean-text.ts'
import type { RunTrigger } from '../../run/states.ts'
import type { GuardedSessionProvider } from '../../session/guard-sessions.ts'
import type { InstanceContext } from './instance-context.ts'
import { createRunCompletion, type RunCompletion } from './run-completion.ts'
import type { RunExecution } from './run-execution.ts'

export interface RunContextParts<S extends object>
  extends Pick<InstanceContext<S>, 'scheduler' | 'store' | 'clock' | 'logger'> {
  readonly sessions: Pick<GuardedSessionProvider<S>, 'withSession'>
  /** Also takes out the secrets of the run's input. */
  readonly redact: Redact
  readonly providers: Pick<InstanceContext<S>['providers'], 'isEnabled'>
}

/**
 * What a handler gets for one attempt: a thin layer over the execution, the store and the sessions. Each part is made when
 * the handler asks for it, and can be taken out of the context and used by itself.
 */
export class HandlerContext<S extends object> implements RunContext<S, never> {
  readonly attempt: number
  // The job's own schema has parsed it, whose type is not known here.
  readonly input: never
  readonly #parts: RunContextParts<S>
  readonly #execution: RunExecution
  #signal: AbortSignal | null = null
  #logger: Logger | null = null
  #completion: RunCompletion<S> | null = null
  #toLabel: ((name: string) => string) | null = null

  constructor(parts: RunContextParts<S>, execution: RunExecution, input: unknown) {
    this.#parts = parts
    this.#execution = execution
    this.attempt = execution.attempt
    this.input = input as never
  }

  get scheduler(): string {
    return this.#parts.scheduler
  }

  get job(): string {
    return this.#execution.claim.job
  }

  get runId(): RunId {
    return this.#execution.claim.id
  }

  get trigger(): RunTrigger {
    return this.#execution.claim.trigger
  }

  get scheduledFor(): EpochMs | null {
    return this.#execution.claim.scheduledFor
  }

  get startedAt(): EpochMs {
    return this.#execution.claim.startedAt
  }

  get logger(): Logger {
    const { job, runId, attempt } = this
    this.#logger ??= boundLogger(this.#parts.logger, { job, runId, attempt })
    return this.#logger
  }

  /** Code that first asks for it after the next attempt has begun gets an aborted one. */
  get signal(): AbortSignal {
    this.#signal ??= this.attempt === this.#execution.attempt ? this.#execution.signal : AbortSignal.abort()
    return this.#signal
  }

  get report(): RunContext<S>['report'] {
    return (items) => this.#execution.report(items)
  }

  get isProviderEnabled(): RunContext<S>['isProviderEnabled'] {
    return this.#parts.providers.isEnabled
  }

  get recordCall(): RunContext<S>['recordCall'] {
    // A run may count millions of calls of a few providers: each name is looked at once.
    this.#toLabel ??= createToLabel(this.#parts.redact)
    const toLabel = this.#toLabel
    return (call) => this.#execution.recordCall(withoutSecret(call, toLabel))
  }

  get progress(): RunContext<S>['progress'] {
    return (done, total) => this.#execution.setProgress(done, total)
  }

  get withSession(): RunContext<S>['withSession'] {
    return async (work, options) => {
      const { job, runId } = this
      this.#execution.assertUnderWay()
      const { sessions, redact } = this.#parts
      const unit = unitName(options?.unit, redact) ?? `job:${job}`
      const during = (session: S) => this.#completing.during(session, () => work(session))
      return sessions.withSession(during, { ...options, unit, run: { job, runId } })
    }
  }

  get complete(): RunContext<S>['complete'] {
    return (session) => this.#completing.complete(session)
  }

  get #completing(): RunCompletion<S> {
    this.#completion ??= createRunCompletion(this.#parts, this.#execution)
    return this.#completion
  }
}

/** The status names the units that hold a session, so the name that a handler gives is kept short and clean. */
function unitName(given: unknown, redact: Redact): string | null {
  return typeof given === 'string' && given !== '' ? cleanText(given, { redact, limit: MAX_UNIT_NAME }) : null
}

/** A provider is named in tables, labels and pages. What is no name at all is refused where the call is counted. */
function withoutSecret(call: ProviderCall, toLabel: (name: string) => string): ProviderCall {
  const name: unknown = call?.provider
  return typeof name === 'string' ? { ...call, provider: toLabel(name) } : call
}
