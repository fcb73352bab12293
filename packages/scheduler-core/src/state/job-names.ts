import { SchedulerError } from '../errors.ts'
import type { RenamedJob } from '../ports/definitions.ts'

/**
 * The names of jobs here and in the store. The store keeps a job under the name that it had first; a rename adds a name
 * and moves nothing. Each instance calls a job as its own code does, or as the definition in effect does when it does not
 * have the job.
 */
export interface JobNames {
  /** Whether every job is stored under the name that it has here, as when none was renamed. */
  readonly arePlain: boolean
  /** The name in the store of a job with this name, present or former. */
  storedAs(name: string): string
  /** The name here of a job with this name, present or former. */
  calledHere(name: string): string
  /** The jobs as they were adopted last. */
  readonly renamed: readonly RenamedJob[]
  /** Takes over what the store says. */
  adopt(renamed: readonly RenamedJob[]): void
  /** Throws `JOB_RENAMED` when this instance has two jobs that are one job under two of its names. */
  assertApart(): void
}

/** `own`: the jobs that this instance has, as they are at each time. */
export function createJobNames(own: { has(name: string): boolean }): JobNames {
  let renamed: readonly RenamedJob[] = []
  let byName: ReadonlyMap<string, RenamedJob> = new Map()

  function namesHere({ job, others }: RenamedJob): readonly string[] {
    return [job, ...others].filter((name) => own.has(name))
  }

  return {
    get arePlain() {
      return byName.size === 0
    },
    get renamed() {
      return renamed
    },
    storedAs: (name) => byName.get(name)?.job ?? name,
    calledHere(name) {
      const found = byName.get(name)
      return found ? (namesHere(found)[0] ?? found.called) : name
    },
    adopt(next) {
      byName = new Map(next.flatMap((each) => [each.job, ...each.others].map((name) => [name, each] as const)))
      renamed = next
    },
    assertApart() {
      for (const each of renamed) {
        const [first, second] = namesHere(each)
        if (first === undefined || second === undefined) continue
        const [job, to] = each.called === first ? [second, first] : [first, second]
        throw new SchedulerError('JOB_RENAMED', { job, to })
      }
    },
  }
}

/** Why no job has this name: it is a former one, or none. */
export function noSuchJob({ calledHere }: Pick<JobNames, 'calledHere'>, job: string): SchedulerError {
  const to = calledHere(job)
  return to === job ? new SchedulerError('JOB_NOT_FOUND', { job }) : new SchedulerError('JOB_RENAMED', { job, to })
}
