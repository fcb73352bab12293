import type * as z from 'zod'

import { parseOptions } from '../options/parse-options.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { PartialJobPolicies } from '../policy/policies.ts'
import type { ExclusionCalendar } from '../schedule/exclusion-calendar.ts'
import { ON_DEMAND } from '../schedule/on-demand.ts'
import type { JobAboutOptions } from './about.ts'
import { checkJob, templateSchema } from './define-job.ts'
import { checkInputSchema } from './input-schema.ts'
import type { Job, RetryOptions } from './job.ts'
import type { JsonSchema } from './json-schema.ts'
import type { RunContext } from './run-context.ts'
import { saysSecret } from './secret-input.ts'

/** The argument of a template's handler: that of any handler, and the parameters of the job that runs. */
export interface TemplateContext<S = unknown, P = unknown> extends RunContext<S, undefined> {
  /** As the template's schema parses what is stored, for each attempt. */
  readonly params: P
}

export type TemplateHandler<S, P> = (context: TemplateContext<S, P>) => unknown

/**
 * A handler in code whose jobs are rows of the store, each with a name, a schedule and parameters of its own. Policies
 * and what a job says about itself are what `createJob` fills in where it is told nothing.
 */
export interface JobTemplateOptions<S = unknown, P = unknown> extends PartialJobPolicies, JobAboutOptions {
  /** `^[a-z0-9][a-z0-9._:-]{0,63}$`, unique among the templates of a scheduler, and the same in every release. */
  readonly name: string
  /**
   * A zod schema of the parameters. They are checked when a job is made and before each attempt, and stored as they are
   * given: a schema with `secretInput` is refused.
   */
  readonly params: z.ZodType<P>
  /** Does the work of each of its jobs. */
  readonly handler: TemplateHandler<S, P>
  /** Whether and when a failed attempt is tried again (default no retry). */
  readonly retry?: RetryOptions
  /** The calendars of each of its jobs (default none). A process that lacks one leaves the jobs made with it alone. */
  readonly exclude?: readonly ExclusionCalendar[]
}

/** The options of any template, whatever its parameters. */
export type AnyJobTemplate<S = unknown> = Omit<JobTemplateOptions<S, never>, 'params'> & { readonly params: z.ZodType }

/** A checked template; frozen. */
export interface JobTemplate<S = unknown> {
  readonly name: string
  readonly params: z.ZodType
  /** What the parameters are. */
  readonly schema: JsonSchema
  readonly handler: TemplateHandler<S, never>
  /** The options that its jobs begin with. */
  readonly given: Omit<AnyJobTemplate<S>, 'name' | 'params' | 'handler'>
  /** A job of it with nothing but defaults, which has the calendars and `retryable`. */
  readonly base: Job<S>
}

const CLEAR = 'a schema without secretInput: parameters are stored as they are. Keep the name of a secret instead'

/**
 * Checks the options of a template. Throws `INVALID_OPTIONS` with the path, the given value and the accepted ones.
 *
 * @example
 * const report = defineJobTemplate({
 *   name: 'report',
 *   params: z.object({ tenant: z.string() }),
 *   handler: (ctx) => send(ctx.params.tenant),
 * })
 */
export function defineJobTemplate<S = unknown, P = unknown>(
  options: JobTemplateOptions<S, P>,
): JobTemplateOptions<S, P> {
  checkTemplate<S>(options, 'template')
  return Object.freeze({ ...options })
}

function checkTemplate<S>(options: AnyJobTemplate<S>, path: string): JobTemplate<S> {
  parseOptions(templateSchema(), options, path)
  const { name, params, handler, ...given } = options
  const place = { path, field: 'params', schedule: ON_DEMAND, runOnFirstOpen: false } as const
  const { schema } = checkInputSchema(params, place)
  if (saysSecret(schema)) {
    refuseOption({ path: `${path}.params`, value: params, received: 'a schema with a secret', expected: CLEAR })
  }
  // The handler of a job is bound to its parameters; this job runs never.
  const base = checkJob<S, never>({ ...given, name, schedule: null, handler: () => {} }, path)
  return Object.freeze({ name, params, schema, handler, given, base })
}

/** The templates of a scheduler or a worker, which `path` says, by their names. Throws `INVALID_OPTIONS`. */
export function checkTemplates<S>(
  options: readonly AnyJobTemplate<S>[],
  path: string,
): ReadonlyMap<string, JobTemplate<S>> {
  const templates = new Map<string, JobTemplate<S>>()
  for (const [index, one] of options.entries()) {
    const template = checkTemplate<S>(one, `${path}.templates[${index}]`)
    if (templates.has(template.name)) {
      const expected = 'a name that is unique among the templates of this scheduler'
      refuseOption({ path: `${path}.templates[${index}].name`, value: template.name, expected })
    }
    templates.set(template.name, template)
  }
  return templates
}
