/** An error that a fault harness threw: where, and whether what it reports as failed was committed. */
export class InjectedFault extends Error {
  override readonly name = 'InjectedFault'
  /** What was called, such as `settle` or `withSession`. */
  readonly call: string
  /** `before`: nothing happened. `after-commit`: everything happened, only the answer was lost. */
  readonly moment: FaultMoment

  constructor(call: string, moment: FaultMoment) {
    super(`Injected fault: ${call} failed ${moment === 'before' ? 'before it began' : 'after its commit'}.`)
    this.call = call
    this.moment = moment
  }
}

export const FAULT_MOMENTS = ['before', 'after-commit'] as const
export type FaultMoment = (typeof FAULT_MOMENTS)[number]

/** Whether a failure, or anything that caused it, was injected. */
export function isInjectedFault(error: unknown): error is InjectedFault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof InjectedFault) return true
  return false
}
