import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import type { Queue } from '../../../data/queue.ts'

type Entries = readonly LedgerEntryView[]

/** The latest runs of many jobs: read for the rows that are seen, a few at a time, and remembered. */
export interface StripLoader {
  known(job: string): Entries | null
  load(job: string, signal: AbortSignal): Promise<Entries>
}

const RUNS = 20

export function createStripLoader(apiOf: (signal: AbortSignal) => Api, queue: Queue): StripLoader {
  const known = new Map<string, Entries>()
  return {
    known: (job) => known.get(job) ?? null,
    async load(job, signal) {
      const { items } = await queue.add(() => apiOf(signal).admin.runs({ job, limit: RUNS }), signal)
      known.set(job, items)
      return items
    },
  }
}
