import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { useEffect, useState } from 'preact/hooks'

import { concernsJob } from '../../../live/changed.ts'
import { useChanged } from '../../../live/use-status.ts'
import { strings } from '../../../strings/index.ts'
import { RunsStrip } from '../runs/runs-strip.tsx'
import type { StripLoader } from './strip-loader.ts'

/** A row that is only scrolled past reads nothing. */
const REST_MS = 120
/** A job that runs all the time is not read anew with each frame. */
const LEAST_MS = 2_000

export interface JobStripProps {
  readonly job: string
  readonly scheduler: string
  readonly loader: StripLoader
  readonly isTabStop: boolean
}

/** The latest runs of one row; read when the row is seen, and anew as they change. */
export function JobStrip({ job, scheduler, loader, isTabStop }: JobStripProps) {
  const [entries, setEntries] = useState<readonly LedgerEntryView[] | null>(loader.known(job))
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const left = new AbortController()
    const wait = turn > 0 ? LEAST_MS : REST_MS
    const timer = window.setTimeout(() => {
      loader.load(job, left.signal).then(
        (read) => !left.signal.aborted && setEntries(read),
        // The row goes on without it; its page says what is wrong.
        () => undefined,
      )
    }, wait)
    return () => {
      window.clearTimeout(timer)
      left.abort()
    }
  }, [job, loader, turn])
  useChanged(scheduler, 'admin', (changed) => concernsJob(changed, job) && setTurn((count) => count + 1))
  if (entries === null) return <span class="skeleton strip-loading" role="img" aria-label={strings.kit.loading} />
  return <RunsStrip job={job} entries={entries} isTabStop={isTabStop} />
}
