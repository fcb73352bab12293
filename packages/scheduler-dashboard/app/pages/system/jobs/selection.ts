import { useMemo, useState } from 'preact/hooks'

/** The jobs that the reader selected. It outlives filters, so that one can collect. */
export interface Selection {
  readonly jobs: readonly string[]
  has(job: string): boolean
  toggle(job: string): void
  add(jobs: readonly string[]): void
  clear(): void
}

export function useSelection(): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(() => new Set())
  return useMemo(
    () => ({
      jobs: [...selected],
      has: (job) => selected.has(job),
      toggle: (job) => setSelected((before) => toggled(before, job)),
      add: (jobs) => setSelected((before) => new Set([...before, ...jobs])),
      clear: () => setSelected(new Set<string>()),
    }),
    [selected],
  )
}

function toggled(before: ReadonlySet<string>, job: string): ReadonlySet<string> {
  const next = new Set(before)
  if (!next.delete(job)) next.add(job)
  return next
}
