import { randomRunId } from '../ids.ts'
import type { Scheduler } from '../scheduler-api.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { actorOf } from './ask/actor-of.ts'
import { termsOf } from './ask/terms-of.ts'
import { toRange } from './ask/to-range.ts'
import { type CommandParts, jobNamed } from './control-commands.ts'

type RunCommands = Pick<Scheduler, 'runJob' | 'cancelRun' | 'backfillJob'>

/** The commands that start runs and end them. */
export function createRunCommands<S extends object>(
  { options: { jobs } }: SchedulerContext<S>,
  { turns, lifecycle, onCommanded }: CommandParts,
): RunCommands {
  return {
    runJob: (job, options = {}) =>
      turns.take(async () => {
        const instance = lifecycle.assertOpen()
        jobNamed(jobs, job)
        const id = randomRunId()
        instance.active.reserve(id)
        try {
          const request = { job, id, actor: actorOf(options), terms: termsOf(options) }
          const { answer, replayed, claims } = await instance.runJob(request)
          onCommanded(answer.control)
          if (replayed) instance.active.release(id)
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
        const request = { runId, actor: actorOf(options), terms: termsOf(options) }
        const { answer, replayed } = await instance.cancelRun(request)
        onCommanded(answer.control)
        if (!replayed) instance.cancel([runId], 'asked for')
        return { ...answer, replayed }
      }),
    async backfillJob(job, { from, to, ...options }) {
      const instance = lifecycle.assertOpen()
      jobNamed(jobs, job)
      const request = { job, ...toRange({ from, to }), actor: actorOf(options), terms: termsOf(options) }
      const { answer, replayed } = await instance.backfill(request)
      onCommanded(answer.control)
      return { ...answer, replayed }
    },
  }
}
