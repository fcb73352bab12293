import type { JsonValue } from '../run/json-value.ts'
import { followDefinition, type JobDefinition } from './definitions.ts'
import type { Job, JobHandler } from './job.ts'
import { readInput } from './job-input.ts'
import type { JobTemplate } from './job-template.ts'

/**
 * The job that a stored definition makes of its template; `null` when this instance lacks one of its calendars, and so
 * cannot know its due times.
 */
export function templatedJob<S>(template: JobTemplate<S>, name: string, definition: JobDefinition): Job<S> | null {
  const { params = null } = definition.template ?? {}
  const handler = bind(template, name, params)
  return followDefinition({ ...template.base, ...definition.about, name, handler }, definition)
}

/** Throws `INVALID_INPUT` when the parameters are none that the template of this release accepts. */
function bind<S>({ params: schema, handler }: JobTemplate<S>, name: string, stored: JsonValue): JobHandler<S, never> {
  const taker = { name, input: schema, at: 'params' }
  return async (context) => {
    // The template's own schema has parsed them, whose type is not known here.
    const params = (await readInput(taker, stored)) as never
    // Each attempt has a context of its own, whose parts are made when they are asked for: a copy would ask for all.
    return handler(Object.assign(context, { params }))
  }
}
