import type { Clock } from '../../clock.ts'
import type { RunContext } from '../../job/run-context.ts'
import type { Logger } from '../../ports/logger.ts'
import type { SessionProvider } from '../../ports/session-provider.ts'
import type { Store } from '../../ports/store.ts'
import { createRunCompletion } from './run-completion.ts'
import type { RunExecution } from './run-execution.ts'

export interface RunContextOptions<S> {
  readonly scheduler: string
  readonly sessions: SessionProvider<S>
  readonly store: Store<S>
  readonly clock: Clock
  readonly logger: Logger
  readonly isProviderEnabled: (name: string) => boolean
}

/** What a handler is given for one attempt: a thin face of the execution, with the store and sessions behind it. */
export function createRunContext<S>(options: RunContextOptions<S>, execution: RunExecution): RunContext<S> {
  const { scheduler, sessions, logger, isProviderEnabled } = options
  const { claim } = execution
  const completion = createRunCompletion(options, execution)
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
    isProviderEnabled,
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
