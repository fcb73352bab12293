import type { LedgerEntryView, RunView } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Loading } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Table } from '../../../ui/table.tsx'
import { withSameError } from './fingerprint.ts'
import { runColumns } from './run-columns.tsx'

const SHOWN = 8
const COLUMNS = runColumns({ withJob: false })

/** The runs of the job that failed with the same error, among those around this one. */
export function SameError({
  run,
  error,
  around,
}: {
  readonly run: RunView
  readonly error: NonNullable<RunView['error']>
  readonly around: readonly LedgerEntryView[] | null
}) {
  const words = strings.runs.same
  if (around === null)
    return (
      <Panel title={words.title}>
        <Loading rows={3} />
      </Panel>
    )
  const others = withSameError(around, error).filter(({ id }) => id !== run.id)
  const runs = around.filter(({ kind }) => kind === 'run').length
  return (
    <Panel title={words.title}>
      <p>{others.length === 0 ? words.none(formatNumber(runs)) : words.some(others.length, formatNumber(runs))}</p>
      {others.length > 0 && (
        <Table
          label={strings.job.table(words.title, run.job)}
          columns={COLUMNS}
          rows={others.slice(0, SHOWN)}
          keyOf={({ id }) => id}
        />
      )}
      {others.length > SHOWN && <p class="muted">{words.more(formatNumber(others.length - SHOWN))}</p>}
    </Panel>
  )
}
