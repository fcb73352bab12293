import { randomRunId } from '../ids.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { Scheduler } from '../scheduler-api.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { actorOf } from './ask/actor-of.ts'
import { termsOf } from './ask/terms-of.ts'
import { toRange } from './ask/to-range.ts'
import { type CommandParts, jobNamed } from './control-commands.ts'
import { createInputCheck } from './input-check.ts'

type RunCommands = Pick<
  Scheduler,
  'runJob' | 'cancelRun' | 'backfillJob' | 'backfillQueue' | 'cancelBackfill' | 'forgetJob'
>

/** The commands that start runs and end them, and the one that erases a job's past. */
export function createRunCommands<S extends object>(
  context: SchedulerContext<S>,
  { turns, lifecycle, onCommanded }: CommandParts,
): RunCommands {
  const checkedInput = createInputCheck<S>(context)
  const { redact } = context.options

  return {
    runJob: (job, { input: given, ...options } = {}) =>
      turns.take(async () => {
        const instance = lifecycle.assertOpen()
        const input = await checkedInput(job, given)
        const id = randomRunId()
        instance.active.reserve(id)
        try {
          const request = { job, id, input, actor: actorOf(options, redact), terms: termsOf(options) }
          const { answer, control, replayed, claims } = await instance.runJob(request)
          onCommanded(control)
          if (replayed || claims.length === 0) instance.active.release(id)
          else instance.start(claims)
          return { ...answer, replayed }
        } catch (error) {
          instance.active.release(id)
          throw error
        }
      }),
    cancelRun: (runId, options = {}) =>
      turns.take(async () => {
        const instance = lifecycle.assertOpen()
        const request = { runId, actor: actorOf(options, redact), terms: termsOf(options) }
        const { answer, control, replayed } = await instance.cancelRun(request)
        onCommanded(control)
        if (!replayed) instance.cancel([runId], 'asked for')
        return { ...answer, replayed }
      }),
    async forgetJob(job, options) {
      const actor = actorOf(options ?? {}, redact)
      if (!actor.why?.trim()) refuseOption({ path: 'why', value: options?.why, expected: 'the reason, for the log' })
      return turns.take(async () => {
        const instance = lifecycle.assertOpen()
        const request = { job, actor, terms: termsOf(options) }
        const { answer, control, replayed } = await instance.forgetJob(request)
        onCommanded(control)
        return { ...answer, replayed }
      })
    },
    async backfillJob(job, { from, to, ...options }) {
      const instance = lifecycle.assertOpen()
      jobNamed(context, job)
      const request = { job, ...toRange({ from, to }), actor: actorOf(options, redact), terms: termsOf(options) }
      const { answer, control, replayed } = await instance.backfill.ask(request)
      onCommanded(control)
      return { ...answer, replayed }
    },
    async backfillQueue(job) {
      jobNamed(context, job)
      return lifecycle.assertOpen().backfill.queueOf(job)
    },
    async cancelBackfill(job, options = {}) {
      const instance = lifecycle.assertOpen()
      jobNamed(context, job)
      const request = { job, actor: actorOf(options, redact), terms: termsOf(options) }
      const { answer, control, replayed } = await instance.backfill.cancelAll(request)
      onCommanded(control)
      return { ...answer, replayed }
    },
  }
}
