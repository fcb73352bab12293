import { SchedulerError } from '../../errors.ts'
import { redactAbout } from '../../job/about.ts'
import type { JobDefinition } from '../../job/definitions.ts'
import type { Job } from '../../job/job.ts'
import { checkInput } from '../../job/job-input.ts'
import type { JobTemplate } from '../../job/job-template.ts'
import { templatedJob } from '../../job/templated-job.ts'
import {
  changedDefinition,
  checkTemplatedChange,
  checkTemplatedJob,
  newDefinition,
  type TemplatedJobChange,
  type TemplatedJobOptions,
} from '../../job/templated-options.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import type { JsonValue } from '../../run/json-value.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'
import { createPresentTemplated } from './present-templated.ts'
import type { WantedJob } from './template-commander.ts'

/** Checks what is asked of a job of a template, and says what it shall become. `path` is its place in the list. */
export interface WantedJobs<S> {
  toCreate(given: TemplatedJobOptions, path: string): Promise<WantedJob<S>>
  toUpdate(given: TemplatedJobChange, path: string): Promise<WantedJob<S>>
  toRemove(name: string, path: string): Promise<WantedJob<S>>
}

interface Named {
  readonly name: string
  readonly path: string
}

export function createWantedJobs<S extends object>(context: SchedulerContext<S>): WantedJobs<S> {
  const { templates, redact } = context.options
  const presentOf = createPresentTemplated<S>(context)

  function templateNamed(name: string, path: string): JobTemplate<S> {
    const known = [...templates.keys()]
    const expected = known.length === 0 ? 'no template: this process has none' : `one of ${known.join(', ')}`
    return templates.get(name) ?? refuseOption({ path, value: name, expected, known })
  }

  /** The parameters as they are stored. Throws `INVALID_INPUT`, also for what must not be stored. */
  async function checkedParams({ params: input }: JobTemplate<S>, given: unknown, { name, path }: Named) {
    const at = `${path}.params`
    const { input: whole, stored } = await checkInput({ name, input, at }, given ?? {}, redact)
    if (JSON.stringify(whole) === JSON.stringify(stored)) return whole
    const expected = 'no secrets: parameters are stored as they are. Keep the name of a secret instead'
    throw new SchedulerError('INVALID_INPUT', { job: name, path: at, received: 'a secret', expected })
  }

  async function toCreate(given: TemplatedJobOptions, path: string): Promise<WantedJob<S>> {
    const { name, template: wanted } = checkTemplatedJob(given, path)
    const template = templateNamed(wanted, `${path}.template`)
    const params = await checkedParams(template, given.params, { name, path })
    const definition = newDefinition(template, redactAbout(given, redact), { params, path })
    return { path, name, definition, from: null, job: asJob(template, name, definition) }
  }

  async function toUpdate(given: TemplatedJobChange, path: string): Promise<WantedJob<S>> {
    const { name } = checkTemplatedChange(given, path)
    const { digest, definition: before, use } = await presentOf(name, `${path}.name`)
    const template = templateNamed(use.name, `${path}.name`)
    const params: JsonValue =
      given.params === undefined ? use.params : await checkedParams(template, given.params, { name, path })
    const definition = changedDefinition(template, before, { options: redactAbout(given, redact), params, path })
    return { path, name, definition, from: digest, job: asJob(template, name, definition) }
  }

  async function toRemove(name: string, path: string): Promise<WantedJob<S>> {
    const { digest, definition, use } = await presentOf(name, path)
    const template = templateNamed(use.name, path)
    return { path, name, definition: null, from: digest, job: asJob(template, name, definition) }
  }

  return { toCreate, toUpdate, toRemove }
}

/** As its template has it where this process lacks one of the job's calendars: that is so of a job that goes, at most. */
function asJob<S>(template: JobTemplate<S>, name: string, definition: JobDefinition): Job<S> {
  return templatedJob(template, name, definition) ?? Object.freeze({ ...template.base, name })
}
