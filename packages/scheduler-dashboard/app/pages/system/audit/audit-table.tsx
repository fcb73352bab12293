import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { VirtualTable } from '../../../ui/virtual-table.tsx'
import { FATES, type Fate } from './fates.ts'
import type { LaneStore } from './lane-store.ts'
import { MarksTable } from './marks-table.tsx'
import type { LaneItem } from './to-items.ts'
import type { LaneHead } from './to-lanes.ts'

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
