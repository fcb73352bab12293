import type { RenamedJob } from '../ports/definitions.ts'
import type { RegisteredJob } from '../ports/store.ts'

export interface JobPlaces {
  /** The jobs that the store has under none of their names. */
  readonly added: readonly Omit<RegisteredJob, 'formerly'>[]
  /** The jobs that got names, as they are from now on. */
  readonly renamed: readonly RenamedJob[]
}

/**
 * Decides which stored job each registered one is: the one that has its name, else the one that has the first of its
 * former names, else a new one. That job then has all these names, but for those that another stored job has: what two
 * jobs have done is never put together. Pure.
 */
export function placeJobs(
  asked: readonly RegisteredJob[],
  { renamed, known }: { readonly renamed: readonly RenamedJob[]; readonly known: readonly string[] },
): JobPlaces {
  const present = new Map(renamed.map((each) => [each.job, each]))
  const ownerOf = ownersOf(known, renamed)
  const added: RegisteredJob[] = []
  const changed = new Map<string, RenamedJob>()
  for (const { job, cursor, formerly = [] } of asked) {
    if (formerly.length === 0 && !ownerOf.has(job)) {
      ownerOf.set(job, job)
      added.push({ job, cursor })
      continue
    }
    const names = [job, ...formerly]
    const [owner] = names.flatMap((name) => ownerOf.get(name) ?? [])
    const stored = owner ?? job
    if (owner === undefined) added.push({ job, cursor })
    const fresh = names.filter((name) => name !== stored && !ownerOf.has(name))
    for (const name of [stored, ...fresh]) ownerOf.set(name, stored)
    if (fresh.length === 0) continue
    const { called = stored, others = [] } = changed.get(stored) ?? present.get(stored) ?? {}
    changed.set(stored, { job: stored, called, others: [...others, ...fresh] })
  }
  return { added, renamed: [...changed.values()] }
}

/** The stored job of each name. */
function ownersOf(known: readonly string[], renamed: readonly RenamedJob[]): Map<string, string> {
  const owners = new Map<string, string>()
  for (const job of known) owners.set(job, job)
  for (const { job, others } of renamed) for (const name of [job, ...others]) owners.set(name, job)
  return owners
}
