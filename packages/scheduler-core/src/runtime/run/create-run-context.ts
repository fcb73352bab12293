import { boundLogger } from '../../host/bound-logger.ts'
import type { ProviderCall, RunContext } from '../../job/run-context.ts'
import { MAX_UNIT_NAME } from '../../limits.ts'
import type { Redact } from '../../redact/redact.ts'
import { toLabel } from '../../redact/to-label.ts'
import { cleanText } from '../../run/clean-text.ts'
import type { GuardedSessionProvider } from '../../session/guard-sessions.ts'
import type { InstanceContext } from './instance-context.ts'
import { createRunCompletion } from './run-completion.ts'
import type { RunExecution } from './run-execution.ts'

export interface RunContextParts<S extends object>
  extends Pick<InstanceContext<S>, 'scheduler' | 'store' | 'clock' | 'logger'> {
  readonly sessions: Pick<GuardedSessionProvider<S>, 'withSession'>
  /** Also takes out the secrets of the run's input. */
  readonly redact: Redact
  readonly providers: Pick<InstanceContext<S>['providers'], 'isEnabled'>
}

/** The context that a handler gets for one attempt: a thin layer over the execution, the store and the sessions. */
export function createRunContext<S extends object>(
  context: RunContextParts<S>,
  execution: RunExecution,
  input: unknown,
): RunContext<S, never> {
  const { scheduler, sessions, logger, providers, redact } = context
  const { claim } = execution
  const completion = createRunCompletion(context, execution)
  return {
    scheduler,
    job: claim.job,
    runId: claim.id,
    trigger: claim.trigger,
    // The job's own schema has parsed it, whose type is not known here.
    input: input as never,
    scheduledFor: claim.scheduledFor,
    startedAt: claim.startedAt,
    attempt: execution.attempt,
    logger: boundLogger(logger, { job: claim.job, runId: claim.id, attempt: execution.attempt }),
    signal: execution.signal,
    report: (items) => execution.report(items),
    isProviderEnabled: providers.isEnabled,
    recordCall: (call) => execution.recordCall(withoutSecret(call, redact)),
    progress: (done, total) => execution.setProgress(done, total),
    async withSession(work, sessionOptions) {
      execution.assertUnderWay()
      const unit = unitName(sessionOptions?.unit, redact) ?? `job:${claim.job}`
      return sessions.withSession((session) => completion.during(session, () => work(session)), {
        ...sessionOptions,
        unit,
        run: { job: claim.job, runId: claim.id },
      })
    },
    complete: completion.complete,
  }
}

/** The status names the units that hold a session, so the name that a handler gives is kept short and clean. */
function unitName(given: unknown, redact: Redact): string | null {
  return typeof given === 'string' && given !== '' ? cleanText(given, { redact, limit: MAX_UNIT_NAME }) : null
}

/** A provider is named in tables, labels and pages. What is no name at all is refused where the call is counted. */
function withoutSecret(call: ProviderCall, redact: Redact): ProviderCall {
  const name: unknown = call?.provider
  return typeof name === 'string' ? { ...call, provider: toLabel(name, redact) } : call
}
