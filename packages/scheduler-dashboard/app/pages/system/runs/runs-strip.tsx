import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { useLocation } from 'wouter-preact'

import { routes } from '../../../routes.ts'
import { useTo } from '../../../ui/go-to.tsx'
import { Strip } from '../../../ui/strip.tsx'
import { toStripCells } from './to-strip-cells.ts'
import { useFormatAt } from './use-format-at.ts'

/** Entries of a job's ledger, latest first, as a strip that leads to each run. */
export function RunsStrip({
  job,
  entries,
  isTabStop = true,
}: {
  readonly job: string
  readonly entries: readonly LedgerEntryView[]
  readonly isTabStop?: boolean
}) {
  const formatAt = useFormatAt()
  const [, navigate] = useLocation()
  const to = useTo()
  return (
    <Strip
      subject={job}
      cells={toStripCells(entries, formatAt)}
      onOpen={(id) => navigate(to(routes.run(id)))}
      isTabStop={isTabStop}
    />
  )
}
