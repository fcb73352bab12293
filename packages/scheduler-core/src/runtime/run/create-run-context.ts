import type { RunContext } from '../../job/run-context.ts'
import type { SessionProvider } from '../../ports/session-provider.ts'
import type { InstanceContext } from './instance-context.ts'
import { createRunCompletion } from './run-completion.ts'
import type { RunExecution } from './run-execution.ts'

export interface RunContextParts<S extends object>
  extends Pick<InstanceContext<S>, 'scheduler' | 'store' | 'clock' | 'logger'> {
  readonly sessions: SessionProvider<S>
  readonly providers: Pick<InstanceContext<S>['providers'], 'isEnabled'>
}

/** The context that a handler gets for one attempt: a thin layer over the execution, the store and the sessions. */
export function createRunContext<S extends object>(
  context: RunContextParts<S>,
  execution: RunExecution,
): RunContext<S> {
  const { scheduler, sessions, logger, providers } = context
  const { claim } = execution
  const completion = createRunCompletion(context, execution)
  return {
    scheduler,
    job: claim.job,
    runId: claim.id,
    trigger: claim.trigger,
    scheduledFor: claim.scheduledFor,
    startedAt: claim.startedAt,
    attempt: execution.attempt,
    logger,
    signal: execution.signal,
    report: (items) => execution.report(items),
    isProviderEnabled: providers.isEnabled,
    recordCall: (call) => execution.recordCall(call),
    progress: (done, total) => execution.setProgress(done, total),
    async withSession(work, sessionOptions) {
      execution.assertUnderWay()
      const unit = sessionOptions?.unit ?? `job:${claim.job}`
      return sessions.withSession((session) => completion.during(session, () => work(session)), {
        ...sessionOptions,
        unit,
      })
    },
    complete: completion.complete,
  }
}
