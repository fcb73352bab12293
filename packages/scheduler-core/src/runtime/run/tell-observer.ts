import { callSafely } from '../../host/call-safely.ts'
import type { RunObserver } from '../../ports/around-run.ts'
import type { RunExecution } from './run-execution.ts'
import type { Discretion } from './run-secrets.ts'

/** Where nobody watches. An error is not even converted for it. */
export const UNOBSERVED: RunObserver = Object.freeze({ failed() {} })

/** Tells whoever watches the run why its present attempt failed. An observer that throws does not keep it from settling. */
export function tellObserver(
  { claim, observer, attempt }: Pick<RunExecution, 'claim' | 'observer' | 'attempt'>,
  { thrown, toStoredError, logger }: Omit<Discretion, 'redact'> & { readonly thrown: unknown },
): void {
  if (observer === UNOBSERVED) return
  callSafely(
    () => observer.failed(toStoredError(thrown, { withStack: true }), attempt),
    (err) => logger.error({ job: claim.job, runId: claim.id, attempt, err }, 'The observer of a run threw'),
  )
}
