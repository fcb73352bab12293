import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

/** The entries of a job before and after one, by a list that is latest first; `null` where the list does not tell. */
export function toNeighbours(
  entries: readonly LedgerEntryView[],
  id: string,
): { readonly previous: string | null; readonly next: string | null } {
  const at = entries.findIndex((entry) => entry.id === id)
  if (at === -1) return { previous: null, next: null }
  return { previous: entries[at + 1]?.id ?? null, next: entries[at - 1]?.id ?? null }
}
