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

type NameTest = (job: string) => unknown

/** A test that throws, or answers anything but true, leaves the job out. */
function passes(test: NameTest, job: string): boolean {
  try {
    return test(job) === true
  } catch {
    return false
  }
}
