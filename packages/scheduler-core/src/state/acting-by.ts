import { followDefinition, readDefinition, templateIn } from '../job/definitions.ts'
import type { Job } from '../job/job.ts'
import type { JobTemplate } from '../job/job-template.ts'
import { templatedJob } from '../job/templated-job.ts'
import type { DefinitionSpan, JobHolding } from '../ports/definitions.ts'

export interface ActingFrom<S> {
  readonly own: ReadonlyMap<string, Job<S>>
  readonly templates: ReadonlyMap<string, JobTemplate<S>>
  readonly holding: (job: Job<S>) => JobHolding
}

/** The job as a definition in effect has it; `null` when this instance cannot act by it. */
export function actingBy<S>(
  { job: name, digest, definition }: DefinitionSpan,
  { own, templates, holding }: ActingFrom<S>,
): Job<S> | null {
  const made = templateIn(definition)
  const job = own.get(name)
  if (made === null && (!job || holding(job).digest === digest)) return job ?? null
  const read = readDefinition(definition)
  if (!read) return null
  if (made === null) return job ? followDefinition(job, read) : null
  const template = templates.get(made)
  return template ? templatedJob(template, name, read) : null
}
