import { redactingLogger } from '../../host/redacting-logger.ts'
import { hiddenTexts } from '../../job/hidden-texts.ts'
import type { Job } from '../../job/job.ts'
import { withoutSecrets } from '../../job/secret-input.ts'
import type { Logger } from '../../ports/logger.ts'
import { createRedact } from '../../redact/create-redact.ts'
import type { Redact } from '../../redact/redact.ts'
import { createToStoredError, type ToStoredError } from '../../run/stored-error.ts'
import type { InstanceContext } from './instance-context.ts'
import type { RunExecution } from './run-execution.ts'

/** What keeps secrets out of the log, out of stored errors, and out of the names that a handler reports. */
export interface Discretion {
  readonly redact: Redact
  readonly logger: Logger
  readonly toStoredError: ToStoredError
}

/** Makes the discretion of runs: the scheduler's, and for a run with secrets in its input these too. */
export function createDiscretionOf<S extends object>({
  logger,
  toStoredError,
  options: { redact, storeStacks },
}: Omit<Discretion, 'redact'> & {
  readonly options: Pick<InstanceContext<S>['options'], 'redact' | 'storeStacks'>
}): (job: Pick<Job<S>, 'input'>, claim: RunExecution['claim']) => Discretion {
  const usual: Discretion = { redact, logger, toStoredError }
  return (job, { input }) => {
    if (job.input === null || input == null) return usual
    const hidden = hiddenTexts(input, withoutSecrets(job.input, input, redact))
    if (hidden.length === 0) return usual
    const redactHidden = createRedact(hidden, { withRules: false })
    const both: Redact = (text) => redact(redactHidden(text))
    return {
      redact: both,
      logger: redactingLogger(logger, both),
      toStoredError: createToStoredError({ redact: both, withStack: storeStacks }),
    }
  }
}
