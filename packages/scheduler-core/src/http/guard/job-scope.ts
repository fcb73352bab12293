import { callSafely } from '../../host/call-safely.ts'

/** Which jobs a principal may see and act on, as `authorize` says it: their names, or a test of a name. */
export type AllowedJobs = readonly string[] | ((job: string) => boolean)

/** The jobs that a principal is told of. */
export interface JobScope {
  has(job: string): boolean
  /** All of their names, where `authorize` gave names; `null` where it gave a test. */
  readonly names: readonly string[] | null
}

/** Reads what `authorize` said of the jobs; `null` when it is neither names nor a test, which has to deny. */
export function readJobScope(jobs: unknown): JobScope | null {
  if (typeof jobs === 'function') return { has: (job) => passes(jobs as NameTest, job), names: null }
  if (!Array.isArray(jobs)) return null
  const names = [...new Set<unknown>(jobs)]
  if (!names.every((name) => typeof name === 'string')) return null
  const known = new Set(names)
  return { has: (job) => known.has(job), names }
}

/**
 * The same without former names, which are the names of no job: whoever may see a job is told of it by its present name,
 * and the name that it had opens nothing that `authorize` does not allow under the present one.
 */
export function withoutFormerNames(scope: JobScope, presentNameOf: (job: string) => string): JobScope {
  const has = (job: string) => scope.has(job) && presentNameOf(job) === job
  return { has, names: scope.names?.filter(has) ?? null }
}

type NameTest = (job: string) => unknown

/** A test that throws, or answers anything but true, leaves the job out; so does one that answers a promise. */
function passes(test: NameTest, job: string): boolean {
  let answer: unknown = false
  callSafely(
    () => {
      answer = test(job)
      return answer
    },
    () => {},
  )
  return answer === true
}
