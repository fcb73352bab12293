import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useMemo } from 'preact/hooks'
import { useLocation } from 'wouter-preact'

import { useApp } from '../../../app-context.ts'
import { createQueue } from '../../../data/queue.ts'
import type { PagedList } from '../../../data/use-pages.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { useTo } from '../../../ui/go-to.tsx'
import { VirtualTable } from '../../../ui/virtual-table.tsx'
import { useFormatAt } from '../runs/use-format-at.ts'
import { jobColumns } from './job-columns.tsx'
import type { Selection } from './selection.ts'
import { createStripLoader } from './strip-loader.ts'

/** Strips are read by so many requests at a time. */
const AT_ONCE = 4

export interface JobsTableProps {
  readonly scheduler: string
  readonly list: PagedList<JobView>
  readonly rows: readonly JobView[]
  readonly order: string
  readonly onOrder: (order: string) => void
  readonly selection: Selection | null
}

/** The jobs as rows. `x` selects the row that the keyboard is at. */
export function JobsTable({ scheduler, list, rows, order, onOrder, selection }: JobsTableProps) {
  const { apiOf } = useApp()
  const formatAt = useFormatAt()
  const [, navigate] = useLocation()
  const to = useTo()
  const loader = useMemo(
    () => createStripLoader((signal) => apiOf(scheduler, signal), createQueue(AT_ONCE)),
    [apiOf, scheduler],
  )
  const columns = jobColumns({ scheduler, loader, formatAt, selection })

  return (
    <VirtualTable
      label={strings.jobs.list}
      columns={columns}
      rows={rows}
      keyOf={({ name }) => name}
      total={list.total}
      sorting={{ order, onOrder }}
      onEnd={list.loadMore}
      onVisible={list.onVisible}
      onOpen={({ name }) => navigate(to(routes.job(name)))}
      onKey={(key, { name }) => {
        if (key === 'x') selection?.toggle(name)
      }}
      height="max(16rem, calc(100dvh - 17rem))"
      minWidth="78rem"
    />
  )
}
