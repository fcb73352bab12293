import { useEffect } from 'preact/hooks'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { useStore } from '../../../store.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { Empty, ErrorState, Loading } from '../../../ui/messages.tsx'
import { Time } from '../../../ui/time.tsx'
import { VirtualTable } from '../../../ui/virtual-table.tsx'
import { FATES, type Fate } from './fates.ts'
import type { LaneStore } from './lane-store.ts'
import { FateWord } from './shape.tsx'
import type { LaneItem } from './to-items.ts'
import type { LaneHead } from './to-lanes.ts'
import type { Mark } from './to-marks.ts'

const words = strings.audit.table
const { fates } = strings.audit

/** Worst first; what is to come has no count. */
const SHOWN: readonly Fate[] = FATES.filter((fate) => fate !== 'coming')

/** So that heads do not run into each other. */
const REM_OF_LETTER = 0.45

const COLUMNS: readonly Column<LaneHead>[] = [
  { id: 'job', title: words.job, width: 'minmax(10rem, 2fr)', cell: ({ job }) => job },
  {
    id: 'expected',
    title: words.count,
    align: 'end',
    width: 'minmax(5rem, 1fr)',
    cell: ({ audit }) => formatNumber(audit.expected),
  },
  ...SHOWN.map(
    (fate): Column<LaneHead> => ({
      id: fate,
      title: fates[fate],
      align: 'end',
      width: `minmax(${Math.ceil(fates[fate].length * REM_OF_LETTER) + 2}rem, 1fr)`,
      cell: ({ counts }) => {
        const count = counts[fate] ?? 0
        return count === 0 ? <span class="muted">0</span> : formatNumber(count)
      },
    }),
  ),
]

/** The same as the picture in rows: the jobs, and each due time of the one that is chosen. */
export function AuditTable({
  lanes,
  store,
  job,
  onJob,
  onChoose,
}: {
  readonly lanes: readonly LaneHead[]
  readonly store: LaneStore
  readonly job: string
  readonly onJob: (job: string) => void
  readonly onChoose: (head: LaneHead, item: LaneItem) => void
}) {
  const head = lanes.find((lane) => lane.job === job)
  return (
    <div class="stack">
      <VirtualTable
        label={words.label}
        columns={COLUMNS}
        rows={lanes}
        keyOf={(lane) => lane.job}
        total={lanes.length}
        minWidth="112rem"
        height="min(45vh, 28rem)"
        onOpen={(lane) => onJob(lane.job)}
      />
      {head ? (
        <MarksTable key={head.job} head={head} store={store} onChoose={onChoose} />
      ) : (
        <p class="field-hint">{words.hint}</p>
      )}
    </div>
  )
}

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

function MarksTable({
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
