import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import { beganAt } from '../../../data/began-at.ts'
import { useResource } from '../../../data/use-resource.ts'

const RUNS = 100

/** The latest entries of the job, or those up to this one when it is older; `null` until they have come. */
export function useAround(entry: LedgerEntryView, scheduler: string): readonly LedgerEntryView[] | null {
  const around = useResource(`around ${entry.id}`, (api) => readAround(api, entry), { scheduler })
  return around.data
}

async function readAround({ admin }: Api, entry: LedgerEntryView): Promise<readonly LedgerEntryView[]> {
  const { job, id } = entry
  const latest = await admin.runs({ job, limit: RUNS })
  const isThere = latest.items.some((one) => one.id === id)
  if (isThere || latest.next_cursor === null) return latest.items
  const at = entry.scheduled_for ?? (entry.kind === 'run' ? beganAt(entry) : null)
  if (at === null) return latest.items
  const older = await admin.runs({ job, limit: RUNS, to: new Date(Date.parse(at) + 1).toISOString() })
  return older.items
}
