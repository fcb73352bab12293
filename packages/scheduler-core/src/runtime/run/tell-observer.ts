import type { RunObserver } from '../../ports/engine.ts'
import type { ToStoredError } from '../../run/stored-error.ts'
import type { RunExecution } from './run-execution.ts'

/** Where nobody watches. An error is not even converted for it. */
export const UNOBSERVED: RunObserver = Object.freeze({ failed() {} })

/** Tells whoever watches the run why its present attempt failed. */
export function tellObserver(
  { observer, attempt }: Pick<RunExecution, 'observer' | 'attempt'>,
  { thrown, toStoredError }: { readonly thrown: unknown; readonly toStoredError: ToStoredError },
): void {
  if (observer !== UNOBSERVED) observer.failed(toStoredError(thrown, { withStack: true }), attempt)
}
