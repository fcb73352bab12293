import type { JobChanges } from '../api/job-changes.ts'
import type { TemplateCommands } from '../api/template-commands.ts'
import { SchedulerError } from '../errors.ts'
import { checkJob } from '../job/define-job.ts'
import { definitionOf, holdingOf, templateIn } from '../job/definitions.ts'
import { refuseSharedNames } from '../job/former-names.ts'
import type { Job } from '../job/job.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import type { Definitions } from '../state/definitions.ts'
import { refusePassed } from './ask/refuse-passed.ts'
import { type CommandParts, jobNamed } from './control-commands.ts'

export interface JobCommandParts extends Pick<CommandParts, 'turns' | 'lifecycle'> {
  /** Called when the jobs have changed, before the command is answered. */
  readonly onDefined: () => void
  /** Removes jobs that are of a template. */
  readonly removeJobs: TemplateCommands['removeJobs']
}

/** Changes which jobs this instance has while it is open. */
export function createJobCommands<S extends object>(
  context: SchedulerContext<S>,
  { turns, lifecycle, onDefined, removeJobs }: JobCommandParts,
): JobChanges<S> {
  const { scheduler, options, configuration, clock } = context
  const { definitions } = configuration

  /** Changes the jobs here and in the store, or nothing. */
  function change(act: () => { readonly undo: () => void; readonly dropped?: readonly string[] }): Promise<void> {
    return turns.take(async () => {
      const instance = lifecycle.assertOpen()
      if (options.role === 'observer') throw new SchedulerError('WORKER_NEEDED', { scheduler })
      const { undo, dropped } = act()
      try {
        instance.start(await instance.enter(dropped))
      } catch (error) {
        undo()
        throw error
      }
      onDefined()
      instance.replan()
    })
  }

  function put(job: Job<S>, key?: string): () => void {
    const before = definitions.own.get(job.name)
    const { key: keyBefore } = definitions.holds.find((holding) => holding.job === job.name) ?? {}
    configuration.hold(job, key)
    return () => (before ? configuration.hold(before, keyBefore) : configuration.drop(job.name))
  }

  /** A definition that never was takes effect at once. The one in effect already stays in effect, whoever began it. */
  function keyOf(job: Job<S>): string {
    const { key, digest } = holdingOf(definitionOf(job), options.deployment)
    const present = definitions.presentOf(job.name)
    return present?.digest === digest ? present.key : `${key} replaced at ${clock.now()}`
  }

  function ownJob(name: string): Job<S> {
    const own = definitions.own.get(name)
    if (own) return own
    jobNamed(context, name)
    return refuseOption({ path: 'job.name', value: name, expected: 'a job that this process has' })
  }

  return {
    async addJob(given) {
      const job = checkJob<S, never>(given, 'job')
      await change(() => {
        assertNew(definitions, job.name)
        refuseSharedNames(job, { others: definitions.own.values(), path: 'job' })
        return { undo: put(job) }
      })
    },
    async replaceJob(given) {
      const job = checkJob<S, never>(given, 'job')
      await change(() => {
        const { schedule: before } = ownJob(job.name)
        refusePassed({ schedule: job.schedule, before, path: 'job', now: clock.now() })
        refuseSharedNames(job, { others: definitions.own.values(), path: 'job' })
        return { undo: put(job, keyOf(job)) }
      })
    },
    async removeJob(name) {
      if (isTemplated(definitions, name)) {
        await removeJobs([name])
        return { retired: true }
      }
      await change(() => {
        const own = ownJob(name)
        const { key } = definitions.holds.find((holding) => holding.job === name) ?? {}
        configuration.drop(name)
        return { undo: () => configuration.hold(own, key), dropped: [name] }
      })
      return { retired: definitions.presentOf(name) === null }
    },
  }
}

function isTemplated<S>({ presentOf }: Pick<Definitions<S>, 'presentOf'>, name: string): boolean {
  return templateIn(presentOf(name)?.definition) !== null
}

function assertNew<S>({ own, presentOf }: Pick<Definitions<S>, 'own' | 'presentOf'>, name: string): void {
  const path = 'job.name'
  if (isTemplated({ presentOf }, name)) {
    refuseOption({ path, value: name, expected: 'a name that no job of a template has' })
  }
  if (!own.has(name)) return
  const expected = 'a name that no job of this process has: replaceJob puts a job in the place of another'
  refuseOption({ path, value: name, expected })
}
