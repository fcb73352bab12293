import { useEffect } from 'preact/hooks'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { useStore } from '../../../store.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { Empty, ErrorState, Loading } from '../../../ui/messages.tsx'
import { Time } from '../../../ui/time.tsx'
import { VirtualTable } from '../../../ui/virtual-table.tsx'
import type { LaneStore } from './lane-store.ts'
import { FateWord } from './shape.tsx'
import type { LaneItem } from './to-items.ts'
import type { LaneHead } from './to-lanes.ts'
import type { Mark } from './to-marks.ts'

const words = strings.audit.table
const { fates } = strings.audit

const MARK_COLUMNS: readonly Column<Mark>[] = [
  {
    id: 'due',
    title: words.due,
    width: 'minmax(11rem, 1.5fr)',
    cell: ({ dueMs }) => <Time at={dueMs === null ? null : new Date(dueMs).toISOString()} as="absolute" isPlain />,
  },
  {
    id: 'fate',
    title: words.fate,
    width: 'minmax(11rem, 1.5fr)',
    cell: ({ fate }) => <FateWord fate={fate}>{fates[fate]}</FateWord>,
  },
  {
    id: 'at',
    title: words.at,
    width: 'minmax(11rem, 1.5fr)',
    cell: ({ entry }) => <Time at={entry?.kind === 'run' ? entry.started_at : null} as="absolute" isPlain />,
  },
  {
    id: 'lateness',
    title: words.lateness,
    align: 'end',
    cell: ({ entry }) => formatDuration(entry?.kind === 'run' ? entry.lateness_ms : null),
  },
  {
    id: 'duration',
    title: words.duration,
    align: 'end',
    cell: ({ entry }) => formatDuration(entry?.kind === 'run' ? entry.duration_ms : null),
  },
  { id: 'count', title: words.count, align: 'end', cell: ({ count }) => formatNumber(count) },
]

/** Each due time of a job, the latest first. */
export function MarksTable({
  head,
  store,
  onChoose,
}: {
  readonly head: LaneHead
  readonly store: LaneStore
  readonly onChoose: (head: LaneHead, item: LaneItem) => void
}) {
  const { job } = head
  useEffect(() => {
    store.want(job)
    return () => store.unwant(job)
  }, [store, job])
  const { state, data } = useStore(store.of(job))
  if (data === null) {
    const failure = { kind: 'error', code: '', text: strings.audit.lane.failed } as const
    return state === 'failed' ? <ErrorState failure={failure} onRetry={() => store.refresh(job)} /> : <Loading />
  }
  if (data.kind === 'bins') return <Empty title={words.marks(job)} text={words.binned} />
  const rows = [...data.marks].reverse()
  return (
    <>
      <h3>{words.marks(job)}</h3>
      <VirtualTable
        label={words.marks(job)}
        columns={MARK_COLUMNS}
        rows={rows}
        keyOf={({ key }) => key}
        total={rows.length}
        minWidth="52rem"
        height="min(45vh, 28rem)"
        onOpen={(mark) => onChoose(head, { kind: 'mark', key: mark.key, atMs: mark.atMs, mark })}
      />
    </>
  )
}
