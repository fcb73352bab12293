import type { CommandOptions } from '../api/commands.ts'
import type { TemplateCommands, TemplateSummary } from '../api/template-commands.ts'
import { isSchedulerError, SchedulerError } from '../errors.ts'
import { toAbout } from '../job/about.ts'
import { readDefinition } from '../job/definitions.ts'
import type { JobTemplate } from '../job/job-template.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { actorOf } from './ask/actor-of.ts'
import { assertList } from './ask/assert-list.ts'
import type { Terms } from './ask/once.ts'
import type { TemplateRequest, WantedJob } from './ask/template-commander.ts'
import { termsOf } from './ask/terms-of.ts'
import { createWantedJobs } from './ask/wanted-jobs.ts'
import type { CommandParts } from './control-commands.ts'

/** The commands to the jobs of templates. */
export function createTemplateCommands<S extends object>(
  context: SchedulerContext<S>,
  { turns, lifecycle, onCommanded }: CommandParts,
): TemplateCommands {
  const { scheduler, configuration, options } = context
  const { toCreate, toUpdate, toRemove } = createWantedJobs<S>(context)

  function change(
    request: Pick<TemplateRequest<S>, 'verb' | 'asked'>,
    given: CommandOptions,
    toWanted: () => Promise<readonly WantedJob<S>[]>,
  ) {
    return turns.take(async () => {
      const instance = lifecycle.assertOpen()
      if (options.role === 'observer') throw new SchedulerError('WORKER_NEEDED', { scheduler })
      const [actor, terms] = [actorOf(given, options.redact), termsOf(given)]
      const wanted = await toWanted().then(
        (jobs) => ({ jobs, refusal: null }),
        (error: unknown) => ({ jobs: [], refusal: mayHaveBeenDone(error, request.asked, terms) }),
      )
      const basedOn = context.state.control?.version ?? 0
      const { answer, control, replayed, defined } = await instance.changeJobs({
        ...request,
        ...wanted,
        basedOn,
        actor,
        terms,
      })
      if (defined) configuration.define(defined)
      onCommanded(control)
      instance.refresh()
      return { ...answer, replayed }
    })
  }

  return {
    createJobs: async (jobs, given = {}) => {
      assertList(jobs, ({ name }) => name)
      return change({ verb: 'create-job', asked: jobs }, given, () => inTurn(jobs, toCreate))
    },
    updateJobs: async (jobs, given = {}) => {
      assertList(jobs, ({ name }) => name)
      return change({ verb: 'update-job', asked: jobs }, given, () => inTurn(jobs, toUpdate))
    },
    removeJobs: async (jobs, given = {}) => {
      assertList(jobs, (name) => name)
      return change({ verb: 'remove-job', asked: jobs }, given, () => inTurn(jobs, toRemove))
    },
    templateOf(job) {
      const { definition } = configuration.definitions.presentOf(job) ?? {}
      if (definition === undefined) throw new SchedulerError('JOB_NOT_FOUND', { job })
      return readDefinition(definition)?.template ?? null
    },
    templates: () => summariesOf(options.templates, configuration.definitions.countByTemplate()),
  }
}

/** A repeat of what was done finds its jobs gone. Throws any other error, and that one where nothing can be repeated. */
function mayHaveBeenDone(error: unknown, asked: unknown, { idempotencyKey }: Terms): SchedulerError {
  if (idempotencyKey === undefined || !isSchedulerError(error, 'JOB_NOT_FOUND') || !isSayable(asked)) throw error
  return error
}

/** Whether JSON can say it. What JSON cannot say was never carried out. */
function isSayable(asked: unknown): boolean {
  try {
    JSON.stringify(asked)
    return true
  } catch {
    return false
  }
}

function summariesOf<S>(
  own: ReadonlyMap<string, JobTemplate<S>>,
  counts: ReadonlyMap<string, number>,
): readonly TemplateSummary[] {
  const ours = Array.from(own.values(), ({ name, schema, base: { description, owner, tags, runbookUrl } }) => {
    return { name, description, owner, tags, runbookUrl, params: schema, jobs: counts.get(name) ?? 0 }
  })
  const others = [...counts].filter(([name]) => !own.has(name)).sort()
  return [...ours, ...others.map(([name, jobs]) => ({ name, ...toAbout({}), params: null, jobs }))]
}

/** One after another, so that the first mistake in the list is the one that is told. */
async function inTurn<T, U>(list: readonly T[], map: (one: T, path: string) => Promise<U>): Promise<readonly U[]> {
  const results: U[] = []
  for (const [index, one] of list.entries()) results.push(await map(one, `jobs[${index}]`))
  return results
}
