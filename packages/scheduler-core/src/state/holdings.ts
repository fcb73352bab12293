import { createDefinitionOf, holdingOf, type JobDefinition } from '../job/definitions.ts'
import type { Job } from '../job/job.ts'
import type { JobHolding } from '../ports/definitions.ts'

/** The jobs of this instance as its code has them, and what it tells the store of each. */
export interface Holdings<S> {
  readonly own: ReadonlyMap<string, Job<S>>
  all(): readonly JobHolding[]
  of(job: Job<S>): JobHolding
  /** What the store keeps of a job. */
  definitionOf(job: Job<S>): JobDefinition
  /** Adds a job, or puts it in the place of the one with its name. */
  put(job: Job<S>, key?: string): void
  drop(job: string): void
}

export function createHoldings<S>(jobs: ReadonlyMap<string, Job<S>>, deployment: string | null): Holdings<S> {
  const own = new Map(jobs)
  const definitionOf = createDefinitionOf()
  /** Made when they are first asked for: each takes a digest of the whole definition. */
  const holdings = new Map<string, JobHolding>()

  function of(job: Job<S>): JobHolding {
    const known = holdings.get(job.name)
    if (known) return known
    const made = holdingOf(definitionOf(job), deployment)
    holdings.set(job.name, made)
    return made
  }

  return {
    own,
    of,
    definitionOf,
    all: () => Array.from(own.values(), of),
    put(job, key) {
      own.set(job.name, job)
      holdings.set(job.name, { ...holdingOf(definitionOf(job), deployment), ...(key !== undefined && { key }) })
    },
    drop(name) {
      own.delete(name)
      holdings.delete(name)
    },
  }
}
