import * as z from 'zod'

import { onlyFields, reasonFields } from '../../contract/requests.ts'
import type { InputTerms } from '../../job/job.ts'
import type { Route } from '../routes/route.ts'

/** A job that takes an input. */
export interface TakingJob {
  readonly job: string
  readonly terms: InputTerms
}

/**
 * The command that runs a job, once more for each job that takes an input, with its own path and body. They are only for
 * the document: in OpenAPI a concrete path goes before one with parameters.
 */
export function inputRoutes(routes: readonly Route[], jobs: readonly TakingJob[]): readonly Route[] {
  const run = routes.find(({ id }) => id === 'run-job')
  if (!run) return []
  return jobs.map(({ job, terms }) => ({
    ...run,
    id: `run-job-${job}`,
    path: run.path.replace(':job', encodeURIComponent(job)),
    body: bodyOf(job, terms),
  }))
}

function bodyOf(job: string, { schema, isRequired }: InputTerms): z.ZodType {
  // References in a schema are relative to the document, unless the schema has an id of its own.
  const own = '$defs' in schema || JSON.stringify(schema).includes('"$ref"') ? { $id: `urn:input:${job}` } : {}
  const input = z.unknown().meta({ override: { ...own, ...schema } })
  return onlyFields({ input: isRequired ? input : input.optional(), ...reasonFields })
}
