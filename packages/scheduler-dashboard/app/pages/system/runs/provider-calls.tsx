import type { RunView } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import type { Column } from '../../../ui/column.ts'
import { Panel } from '../../../ui/panel.tsx'
import { Table } from '../../../ui/table.tsx'

type Calls = RunView['calls'][number]

const NUMBERS = ['calls', 'succeeded', 'failed', 'rate_limited', 'served_as_fallback'] as const

/** What the run asked of each provider. */
export function ProviderCalls({ calls }: { readonly calls: readonly Calls[] }) {
  const words = strings.runs.calls
  return (
    <Panel title={words.title}>
      <Table label={words.table} columns={COLUMNS} rows={calls} keyOf={({ provider }) => provider} />
    </Panel>
  )
}

const COLUMNS: readonly Column<Calls>[] = [
  {
    id: 'provider',
    title: strings.runs.calls.provider,
    cell: ({ provider }) => <span class="anywhere">{provider}</span>,
  },
  ...NUMBERS.map(
    (id): Column<Calls> => ({
      id,
      title: strings.runs.calls[id],
      help: strings.runs.calls.help[id],
      align: 'end',
      cell: (row) => formatNumber(row[id]),
    }),
  ),
]
