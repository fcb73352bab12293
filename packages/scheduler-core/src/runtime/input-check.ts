import { type CheckedInput, checkInput } from '../job/job-input.ts'
import { hasLost } from '../job/secret-input.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { jobNamed } from './control-commands.ts'

/** Makes the function that checks the input of a run that somebody asks for. */
export function createInputCheck<S extends object>(
  context: SchedulerContext<S>,
): (job: string, given: unknown) => Promise<CheckedInput> {
  const { configuration, handOver } = context
  const { redact } = context.options

  /** Only a process that has the job can check its input. */
  async function check(job: string, given: unknown): Promise<CheckedInput> {
    const { own: ours, here } = configuration.definitions
    const own = ours.get(job) ?? here.get(job)
    if (own) return withoutLoss(await checkInput(own, given, redact))
    jobNamed(context, job)
    if (given === undefined || given === null) return { input: null, stored: null }
    return refuseOption({ path: 'input', value: given, expected: 'none in a process that does not have the job' })
  }

  /** A worker gets what the ledger keeps, and that has no secret. */
  function withoutLoss(input: CheckedInput): CheckedInput {
    if (!handOver || !hasLost(input.stored)) return input
    const expected = 'no secret where an engine carries the runs: keep the name of a secret instead'
    return refuseOption({ path: 'input', value: input.stored, received: 'an input with a secret', expected })
  }

  return check
}
