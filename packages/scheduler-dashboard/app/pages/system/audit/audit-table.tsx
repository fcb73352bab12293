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

/** So that heads do not run into each other. */
const REM_OF_LETTER = 0.45
const NAME_REM = 16
const ALWAYS: ReadonlySet<Fate> = new Set(['ran', 'failed', 'missed'])

/** A column for each fate that there is, the worst first. */
function columnsOf(lanes: readonly LaneHead[]): {
  readonly columns: readonly Column<LaneHead>[]
  readonly width: string
} {
  const there = FATES.filter((fate) => ALWAYS.has(fate) || lanes.some(({ counts }) => (counts[fate] ?? 0) > 0))
  const remOf = (fate: Fate) => Math.ceil(fates[fate].length * REM_OF_LETTER) + 2
  const rem = NAME_REM + there.reduce((sum, fate) => sum + remOf(fate), 0)
  return { width: `${rem}rem`, columns: [JOB, EXPECTED, ...there.map((fate) => fateColumn(fate, remOf(fate)))] }
}

const JOB: Column<LaneHead> = { id: 'job', title: words.job, width: 'minmax(10rem, 2fr)', cell: ({ job }) => job }

const EXPECTED: Column<LaneHead> = {
  id: 'expected',
  title: words.count,
  align: 'end',
  width: 'minmax(6rem, 1fr)',
  cell: ({ audit }) => formatNumber(audit.expected),
}

function fateColumn(fate: Fate, rem: number): Column<LaneHead> {
  return {
    id: fate,
    title: fates[fate],
    align: 'end',
    width: `minmax(${rem}rem, 1fr)`,
    cell: ({ counts }) => {
      const count = counts[fate] ?? 0
      return count === 0 ? <span class="muted">0</span> : formatNumber(count)
    },
  }
}

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
  const { columns, width } = columnsOf(lanes)
  const head = lanes.find((lane) => lane.job === job)
  return (
    <div class="stack">
      <VirtualTable
        label={words.label}
        columns={columns}
        rows={lanes}
        keyOf={(lane) => lane.job}
        total={lanes.length}
        minWidth={width}
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
