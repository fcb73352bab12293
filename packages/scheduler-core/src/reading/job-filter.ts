import type { JobAbout } from '../job/about.ts'

/** Which jobs are meant: those that meet each given condition (default all). */
export interface JobFilter {
  /** A part of the name; capitals do not matter. */
  readonly search?: string | undefined
  /** The job has one of these tags. */
  readonly tags?: readonly string[] | undefined
  /** The whole text of the job's `owner`. */
  readonly owner?: string | undefined
  /** The job is one of these. By itself it is no condition of a command. */
  readonly jobs?: readonly string[] | undefined
}

export function meets(job: Pick<JobAbout, 'tags' | 'owner'> & { readonly name: string }, filter: JobFilter): boolean {
  const { search, tags, owner, jobs } = filter
  return (
    (jobs === undefined || jobs.includes(job.name)) &&
    (search === undefined || contains(job.name, search)) &&
    (tags === undefined || tags.some((tag) => job.tags.includes(tag))) &&
    (owner === undefined || job.owner === owner)
  )
}

/** Whether the name contains the text, in capitals or not. */
export function contains(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.toLowerCase())
}
